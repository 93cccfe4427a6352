using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OrleansShop.Clinic.Testing;

/// <summary>An application on a loopback port of its own.</summary>
internal sealed class RunningApplication : IAsyncDisposable
{
    private readonly WebApplication _application;
    private bool _isDisposed;

    private RunningApplication(WebApplication application)
    {
        _application = application;
        Address = application.Urls.Single();
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(Address), Timeout = TimeSpan.FromSeconds(60) };
    }

    public string Address { get; }

    public HttpClient Http { get; }

    public T Get<T>()
        where T : notnull => _application.Services.GetRequiredService<T>();

    public static async Task<RunningApplication> StartAsync(Func<Action<WebApplicationBuilder>, WebApplication> create, Dictionary<string, string?> settings)
    {
        var application = create(builder =>
        {
            builder.Configuration.AddInMemoryCollection(settings);
            builder.Configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0")]);
            builder.Logging.SetMinimumLevel(LogLevel.Critical);
        });
        try
        {
            await application.StartAsync();
            return new RunningApplication(application);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        Http.Dispose();
        await _application.StopAsync();
        await _application.DisposeAsync();
    }
}
