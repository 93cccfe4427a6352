using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Runtime;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Client;

namespace OrleansShop.Engine.Hosting;

/// <summary>Connects and disconnects the client with its host.</summary>
internal sealed class ClientHost(
    ClientLife life, ClusterClient client, CallClock clock, CallSender sender, PendingCalls pending, IEnumerable<IConfigurationValidator> validators,
    IEnumerable<ConnectionToClusterLostHandler> lostHandlers, IEnumerable<GatewayCountChangedHandler> countHandlers, IEnumerable<IClusterConnectionStatusObserver> observers)
    : IHostedService
{
    private bool _isStarted;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var validator in validators)
            validator.ValidateConfiguration();

        // Named here so that it exists before anything can be called.
        _ = sender;
        clock.Start();
        _isStarted = true;
        life.ClusterLost = () =>
        {
            foreach (var handler in lostHandlers)
                handler(client, EventArgs.Empty);
            foreach (var observer in observers)
                observer.NotifyClusterConnectionLost();
        };
        life.GatewayCountChanged = (now, before) =>
        {
            foreach (var handler in countHandlers)
                handler(client, new GatewayCountChangedEventArgs(now, before));
            foreach (var observer in observers)
                observer.NotifyGatewayCountChanged(now, before, connectionRecovered: before == 0 && now > 0);
        };
        await life.Start(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!_isStarted)
            return;
        _isStarted = false;
        await life.Stop();
        clock.Dispose();
        foreach (var call in pending.TakeWhere(static _ => true))
        {
            call.GiveUp(new SiloUnavailableException($"{call} was not answered before the client stopped. Whether it was executed is unknown."));
        }
    }
}
