using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OrleansShop.Clinic.Monolith.Tests.Hosting;

/// <summary>The whole application on a loopback port, reached over real HTTP.</summary>
public sealed class RunningMonolith : IAsyncDisposable
{
    private readonly WebApplication _application;

    private RunningMonolith(WebApplication application)
    {
        _application = application;
        Http = new ClinicClient(new Uri(application.Urls.Single()));
    }

    public ClinicClient Http { get; }

    /// <param name="settings">Configuration.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="logs">Gets what the application's own classes log; null for nobody.</param>
    public static async Task<RunningMonolith> StartAsync(IReadOnlyDictionary<string, string?> settings, TimeProvider? time = null, ILoggerProvider? logs = null)
    {
        var application = MonolithApplication.Create([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(settings);
            builder.Configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0")]);
            builder.Logging.SetMinimumLevel(LogLevel.Critical);
            if (logs is not null) builder.Logging.AddProvider(logs).AddFilter("OrleansShop", LogLevel.Debug);
            if (time is not null) builder.Services.AddSingleton(time);
        });
        try
        {
            await application.StartAsync();
            return new RunningMonolith(application);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _application.StopAsync();
        await _application.DisposeAsync();
    }
}
