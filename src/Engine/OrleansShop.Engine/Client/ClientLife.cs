using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using OrleansShop.Engine.Messaging.Connections;
using OrleansShop.Engine.Placement;

namespace OrleansShop.Engine.Client;

/// <summary>
/// A client's life: it looks for one gateway that answers, takes the view from it, and connects to all others. When the last connection is lost it
/// begins again.
/// </summary>
internal sealed partial class ClientLife : IDisposable
{
    private readonly IGatewaySource _gateways;
    private readonly ClusterConnections _connections;
    private readonly ClientViews _views;
    private readonly ClientLimits _limits;
    private readonly IClientConnectionRetryFilter? _retry;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _lost = new(0);
    private Task _keeping = Task.CompletedTask;

    public ClientLife(
        IGatewaySource gateways, ClusterConnections connections, ClientViews views, IMessageHandler handler, RingHolder ring, ClientLimits limits,
        TimeProvider time, ILogger<ClientLife> logger, IClientConnectionRetryFilter? retry = null)
    {
        _gateways = gateways;
        _connections = connections;
        _views = views;
        _limits = limits;
        _retry = retry;
        _time = time;
        _logger = logger;
        connections.Attach(handler, () => ring.Current.View.Version);
    }

    /// <summary>Told when the connection to the last silo is lost.</summary>
    public Action ClusterLost { get; set; } = static () => { };

    /// <summary>Told of the number of silos that the client is connected to, now and before.</summary>
    public Action<int, int> GatewayCountChanged { get; set; } = static (_, _) => { };

    /// <summary>Connects; fails when no gateway answers and the retry filter, if there is one, has had enough.</summary>
    public async Task Start(CancellationToken cancellationToken)
    {
        _views.ConnectedChanged = Changed;
        while (true)
        {
            try
            {
                await ConnectToAny(cancellationToken);
                await _views.FirstView.WaitAsync(_limits.OpenTimeout, _time, cancellationToken);
                break;
            }
            catch (Exception cause) when (cause is not OperationCanceledException)
            {
                LogNoGateway(cause);
                if (_retry is null || !await _retry.ShouldRetryConnectionAttempt(cause, cancellationToken))
                    throw;
            }
        }

        _keeping = KeepConnected();
    }

    /// <summary>Closes every connection after what was sent has gone out.</summary>
    public async Task Stop()
    {
        await _stopping.CancelAsync();
        await _keeping;
        await _connections.CloseAll();
        await _views.Stop();
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _lost.Dispose();
    }

    private async Task ConnectToAny(CancellationToken cancellationToken)
    {
        var gateways = await _gateways.Find(cancellationToken);
        var failures = new List<Exception>();
        foreach (var gateway in gateways)
        {
            try
            {
                await _connections.OpenGateway(gateway, cancellationToken);
                return;
            }
            catch (Exception cause) when (cause is IOException or TimeoutException)
            {
                failures.Add(cause);
            }
        }

        var listed = gateways.Count == 0 ? "none is known" : $"tried were {string.Join(", ", gateways)}";
        throw new SiloUnavailableException(
            $"No gateway of cluster '{_connections.Self.ClusterId}' answers: {listed}. Is a silo running, with a gateway port, and with this cluster id? "
            + string.Join(" ", failures.Select(failure => failure.Message)), failures.Count == 0 ? null! : new AggregateException(failures));
    }

    private void Changed(int now, int before)
    {
        GatewayCountChanged(now, before);
        if (now > 0 || _stopping.IsCancellationRequested)
            return;
        LogClusterLost();
        ClusterLost();
        _lost.Release();
    }

    private async Task KeepConnected()
    {
        try
        {
            while (true)
            {
                await _lost.WaitAsync(_stopping.Token);
                while (_views.Connected == 0)
                {
                    try
                    {
                        await ConnectToAny(_stopping.Token);
                        break;
                    }
                    catch (Exception cause) when (cause is SiloUnavailableException or IOException or InvalidDataException)
                    {
                        LogNoGateway(cause);
                    }

                    await Task.Delay(_limits.RetryDelay, _time, _stopping.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The client stops.
        }
    }
}
