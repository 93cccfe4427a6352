using Orleans;
using Orleans.Runtime;
using OrleansShop.Engine.Activations;
using OrleansShop.Engine.Calls;

namespace OrleansShop.Engine.Hosting;

/// <summary>The local half of a silo's life: when the clock and the collector run, and when the grains go.</summary>
internal sealed class SiloParts(CallClock clock, CallSender sender, ActivationCatalog catalog, IdleCollector collector, PendingCalls pending) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle)
    {
        // Named here so that it exists before anything can be called.
        _ = sender;
        lifecycle.Subscribe(nameof(CallClock), ServiceLifecycleStage.RuntimeInitialize, _ => Do(clock.Start), _ => Do(StopCalls));
        lifecycle.Subscribe(nameof(ActivationCatalog), ServiceLifecycleStage.GrainDeactivation, static _ => Task.CompletedTask, catalog.StopAsync);
        lifecycle.Subscribe(nameof(IdleCollector), ServiceLifecycleStage.Active, _ => Do(collector.Start), _ => Do(collector.Dispose));
    }

    // Whoever still waits for an answer would wait for ever: nothing sweeps any more.
    private void StopCalls()
    {
        clock.Dispose();
        foreach (var call in pending.TakeWhere(static _ => true))
        {
            call.GiveUp(new SiloUnavailableException($"{call} was not answered before the silo stopped. Whether it was executed is unknown."));
        }
    }

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
