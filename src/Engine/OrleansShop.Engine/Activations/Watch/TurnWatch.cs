namespace OrleansShop.Engine.Activations.Watch;

/// <summary>
/// Reports turns that do not end, while they run: with each tick of the clock it looks at what the threads are doing. A turn is
/// reported when it has taken longer than the threshold, and again each time that it has taken twice as long.
/// </summary>
internal sealed class TurnWatch(ActivationHost host)
{
    public void Sweep(long nowMs)
    {
        foreach (var slot in TurnSlot.All())
        {
            // The slots are those of the process, in which there may be several silos and clients.
            if (slot.Activation is { } activation && ReferenceEquals(activation.Class.Host, host)) Look(slot, activation, nowMs);
        }
    }

    private void Look(TurnSlot slot, Activation activation, long nowMs)
    {
        var startedMs = Volatile.Read(ref slot.StartedMs);
        var tookMs = nowMs - startedMs;
        if (tookMs <= host.TurnWarningMs || !ReferenceEquals(slot.Activation, activation)) return;
        if (slot.TryReport(startedMs)) host.Metrics.LongTurn();
        else if (nowMs < slot.NextReportMs) return;

        slot.NextReportMs = nowMs + tookMs;
        host.LogTurnRuns(activation.GrainId, activation.DescribeRunning(), tookMs, host.TurnWarningMs);

        // Its drain has not come to the place where it would do so itself.
        activation.WatchRequests();
    }
}
