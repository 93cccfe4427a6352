using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace OrleansShop.Engine.Activations;

/// <summary>Emptying the catalog, whole or in part: for a handoff, and when the silo stops.</summary>
internal sealed partial class ActivationCatalog
{
    /// <summary>
    /// Deactivates the grains that the silo has lost: running requests end, <c>OnDeactivateAsync</c> runs, calls that wait are routed
    /// anew. Completes when none of them is left. Those that are not done when <paramref name="deadline"/> is cancelled are let go.
    /// The caller sees to it that no new activation of them is made meanwhile (<see cref="Calls.ICallRouter.IsMine"/>).
    /// </summary>
    /// <param name="lost">Whether an activation has to go.</param>
    /// <param name="heir">Who gets what it has in memory; null for nobody.</param>
    /// <param name="deadline">When to let go of those that are not done.</param>
    public Task DrainAsync(Func<Activation, bool> lost, Func<Activation, SiloAddress?> heir, CancellationToken deadline)
    {
        AwaitMaking();
        return DeactivateAsync(_activations.Values.Where(lost), activation => activation.FollowPartition(heir(activation)), deadline);
    }

    /// <summary>Deactivates everything and makes no new activations.</summary>
    public async Task StopAsync(CancellationToken deadline)
    {
        _isStopping = true;

        // Nothing of them runs any more, so that nothing of them could end in order.
        if (_host.Lease.IsOver) return;
        var count = Count;
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The silo is stopping.");
        await DeactivateAsync(All, activation => activation.Deactivate(reason, CancellationToken.None), deadline);
        if (count != 0) LogDrained(count);
    }

    /// <summary>Deactivates what has been idle for longer than <paramref name="ageMs"/> or, where that is null, for longer than its class allows. Returns what it has asked to go.</summary>
    public List<Activation> CollectIdle(long? ageMs = null)
    {
        var asked = new List<Activation>();
        var nowMs = _host.Clock.NowMs;
        foreach (var activation in All)
        {
            var allowedMs = ageMs ?? activation.Class.IdleAgeMs;
            if (activation.Class.IdleAgeMs == GrainClass.KeptForGood || nowMs - activation.LastUsedMs < allowedMs || activation.KeepUntilMs > nowMs) continue;
            activation.CollectIfIdle(nowMs - allowedMs);
            asked.Add(activation);
        }

        return asked;
    }

    /// <summary>Deactivates the activations of stateless workers that are not needed any more.</summary>
    public void CollectIdleWorkers()
    {
        var nowMs = _host.Clock.NowMs;
        foreach (var (_, workers) in _workers) workers.CollectIdle(nowMs);
    }

    private async Task DeactivateAsync(IEnumerable<Activation> activations, Action<Activation> ask, CancellationToken deadline)
    {
        // Asked first and awaited afterwards, so that they go at the same time.
        var going = new List<Activation>();
        foreach (var activation in activations)
        {
            ask(activation);
            going.Add(activation);
        }

        try
        {
            await Task.WhenAll(going.Select(static activation => activation.Deactivated)).WaitAsync(deadline);
        }
        catch (OperationCanceledException)
        {
            foreach (var activation in going.Where(static activation => !activation.Deactivated.IsCompleted)) activation.Abandon();
            LogNotDrained(going.Count(static activation => !activation.Deactivated.IsCompleted));
        }
    }

    [LoggerMessage(1020, LogLevel.Information, "Deactivated {Count} grains.")]
    private partial void LogDrained(int count);

    [LoggerMessage(1021, LogLevel.Warning, "{Count} grains did not come to rest before the deadline and were let go.")]
    private partial void LogNotDrained(int count);
}
