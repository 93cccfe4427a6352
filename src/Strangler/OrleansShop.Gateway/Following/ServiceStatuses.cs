using OrleansShop.Gateway.Forwarding;
using OrleansShop.Gateway.Settings;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Serving;

namespace OrleansShop.Gateway.Following;

/// <summary>Asks services how their capabilities stand, each at a process that is ready, and with a deadline. Thread-safe.</summary>
internal sealed class ServiceStatuses : IDisposable
{
    private readonly Backends _backends;
    private readonly GatewaySettings _settings;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly CapabilityServiceClient _client;

    public ServiceStatuses(Backends backends, GatewaySettings settings, BackendConnections connections, IConfiguration configuration, TimeProvider time)
    {
        _backends = backends;
        _settings = settings;
        _time = time;

        // Deadlines are set per call, by the clock that tests can turn.
        _http = new HttpClient(new SharedConnections(connections), disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        _client = new CapabilityServiceClient(_http, configuration[ServiceKey.ConfigurationKey]);
    }

    /// <summary>How a capability stands.</summary>
    /// <exception cref="CapabilityServiceException">Its service does not say.</exception>
    public async Task<CapabilityStatus> GetAsync(CapabilityManifest capability, CancellationToken cancellationToken)
    {
        var timeout = _settings.Following.Timeout;
        var tried = 0UL;
        var process = _backends.Services[_settings.Catalog.Capabilities.IndexOf(capability)].Pick(ref tried)!;
        using var deadline = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await _client.GetStatusAsync(capability with { Services = [process.Address] }, either.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CapabilityServiceException($"{process.Address} gave no answer within {timeout}.", status: null, retryAfter: null, late);
        }
    }

    public void Dispose() => _http.Dispose();
}
