using Orleans.Runtime;
using OrleansShop.ServiceDefaults.Health;

namespace OrleansShop.Gateway.Forwarding;

/// <summary>Asks every backend process in a fixed rhythm whether it wants requests, so that a stopping one is left alone before it stops.</summary>
internal sealed partial class HealthProbes(
    Backends backends, BackendConnections connections, ForwardingOptions options, TimeProvider time, ILogger<HealthProbes> logger) : BackgroundService
{
    private const string ReadyPath = "/health/ready";
    private const int MaxSiloLength = 128;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(backends.All.SelectMany(
            static backend => backend.Destinations,
            (backend, destination) => WatchAsync(backend.Name, destination, stoppingToken)));

    private async Task WatchAsync(string backend, Destination destination, CancellationToken stoppingToken)
    {
        bool? last = null;
        using var rhythm = new PeriodicTimer(options.HealthInterval, time);
        try
        {
            do
            {
                var isReady = await AskAsync(destination, stoppingToken);
                destination.IsReady = isReady;
                if (isReady != last)
                {
                    last = isReady;
                    LogReadiness(logger, isReady ? LogLevel.Information : LogLevel.Warning, backend, destination.Prefix, isReady ? "ready" : "not ready");
                }
            }
            while (await rhythm.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway stops; there is nobody left to ask for.
        }
    }

    private async Task<bool> AskAsync(Destination destination, CancellationToken stoppingToken)
    {
        using var timeout = new CancellationTokenSource(options.HealthTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stoppingToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, destination.Prefix + ReadyPath);
        try
        {
            using var response = await connections.Client.SendAsync(request, either.Token);
            destination.Answered();
            destination.Silo = SiloOf(response);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // Unreachable is an answer to the question; the caller logs its change.
            return false;
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static SiloAddress? SiloOf(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues(HealthEndpoints.SiloHeader, out var values) || values.FirstOrDefault() is not { Length: <= MaxSiloLength } text)
        {
            return null;
        }

        try
        {
            return SiloAddress.FromParsableString(text);
        }
        catch (FormatException)
        {
            // A process that says nonsense about its silo is one whose silo is not known.
            return null;
        }
    }

    [LoggerMessage(EventId = 3512, Message = "{Backend} at {Destination} is {Readiness}.")]
    private static partial void LogReadiness(ILogger logger, LogLevel level, string backend, string destination, string readiness);
}
