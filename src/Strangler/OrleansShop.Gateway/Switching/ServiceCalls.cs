using OrleansShop.Gateway.Forwarding;
using OrleansShop.Gateway.Settings;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Switching;

namespace OrleansShop.Gateway.Switching;

/// <summary>The services' switching endpoints, each call at a process of the service that is ready, and with a deadline.</summary>
internal sealed class ServiceCalls : IDisposable
{
    private readonly Backends _backends;
    private readonly GatewaySettings _settings;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly CapabilityServiceClient _client;

    public ServiceCalls(Backends backends, GatewaySettings settings, BackendConnections connections, IConfiguration configuration, TimeProvider time)
    {
        _backends = backends;
        _settings = settings;
        _time = time;

        // Deadlines are set per call, by the clock that tests can turn.
        _http = new HttpClient(new SharedConnections(connections), disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        _client = new CapabilityServiceClient(_http, configuration[SwitchRequest.AdminKeyKey]);
    }

    public Task<CapabilityStatus> GetStatusAsync(CapabilityManifest capability, CancellationToken cancellationToken) =>
        WithDeadlineAsync(capability, _settings.Switching.CallTimeout, _client.GetStatusAsync, cancellationToken);

    public Task<CapabilityStatus> GetStatusAsync(CapabilityManifest capability, TimeSpan timeout, CancellationToken cancellationToken) =>
        WithDeadlineAsync(capability, timeout, _client.GetStatusAsync, cancellationToken);

    /// <summary>Has the service copy the data and change its phase.</summary>
    public Task<CapabilityStatus> CopyAsync(CapabilityManifest capability, CapabilityPhase to, string by, CancellationToken cancellationToken) =>
        WithDeadlineAsync(
            capability,
            _settings.Switching.CopyTimeout,
            (target, token) => to.IsServedByGrains() ? _client.ImportAsync(target, by, token) : _client.ExportAsync(target, by, token),
            cancellationToken);

    /// <summary>Has the service forget an import that the gateway never used.</summary>
    public Task<CapabilityStatus> DiscardAsync(CapabilityManifest capability, string by, CancellationToken cancellationToken) =>
        WithDeadlineAsync(capability, _settings.Switching.CallTimeout, (target, token) => _client.DiscardAsync(target, by, token), cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<CapabilityStatus> WithDeadlineAsync(
        CapabilityManifest capability,
        TimeSpan timeout,
        Func<CapabilityManifest, CancellationToken, Task<CapabilityStatus>> call,
        CancellationToken cancellationToken)
    {
        var tried = 0UL;
        var process = _backends.Services[_settings.Catalog.Capabilities.IndexOf(capability)].Pick(ref tried)!;
        using var deadline = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await call(capability with { Services = [process.Address] }, either.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CapabilityServiceException($"{process.Address} gave no answer within {timeout}.", status: null, retryAfter: null, late);
        }
    }
}
