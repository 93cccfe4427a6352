using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OrleansShop.Gateway.Tests.Fixtures;

/// <summary>An HTTP server on loopback that stands for the monolith or a service. By default it answers every request with its name and what it got.</summary>
internal sealed class StubBackend : IAsyncDisposable
{
    private readonly WebApplication _app;
    private volatile bool _isReady = true;

    private StubBackend(string name, int port)
    {
        Name = name;
        Answer = AnswerWithEcho;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = TimeSpan.FromSeconds(10));
        _app = builder.Build();
        _app.MapGet("/health/ready", (HttpContext http) =>
        {
            if (Silo is not null) http.Response.Headers["X-Silo"] = Silo;
            return _isReady ? Results.Ok() : Results.StatusCode(503);
        });
        _app.Map("/{**path}", Task (HttpContext http) =>
        {
            Requests.Enqueue($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}");
            return Answer(http);
        });
    }

    public string Name { get; }

    public string Address => _app.Urls.Single();

    public ConcurrentQueue<string> Requests { get; } = new();

    public RequestDelegate Answer { get; set; }

    public bool IsReady
    {
        get => _isReady;
        set => _isReady = value;
    }

    /// <summary>What it says of its silo; null for nothing.</summary>
    public string? Silo { get; set; }

    public WebApplication App => _app;

    public static async Task<StubBackend> StartAsync(string name, Action<StubBackend>? configure = null, int port = 0)
    {
        var backend = new StubBackend(name, port);
        configure?.Invoke(backend);
        await backend._app.StartAsync();
        return backend;
    }

    /// <summary>Ends it as a graceful stop does: requests in flight are finished.</summary>
    public Task StopAsync() => _app.StopAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerWithEcho(HttpContext http) => http.Response.WriteAsJsonAsync(new Echo(
        Name,
        http.Request.Method,
        $"{http.Request.Path}{http.Request.QueryString}",
        http.Request.Headers.ToDictionary(static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
}

internal sealed record Echo(string Backend, string Method, string Target, Dictionary<string, string> Headers);
