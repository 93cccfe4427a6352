using OrleansShop.Engine.Membership;

namespace OrleansShop.Engine.Activations.Watch;

/// <summary>The turns that are still running when a silo's lease is over.</summary>
internal static class RunningTurns
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(5);

    /// <summary>Waits until no thread runs a turn under a lease that is over. A turn that does not end is waited for as long as <paramref name="cancellationToken"/> allows.</summary>
    public static async Task Ended(SiloLease lease, TimeProvider time, CancellationToken cancellationToken)
    {
        // A thread notes whose turns it is about to run, and then looks at the lease. Whoever has ended the lease looks at the notes: with a barrier
        // on each thread in between, either that thread sees the end or this one sees its note.
        Interlocked.MemoryBarrierProcessWide();
        while (TurnSlot.All().Exists(slot => slot.Activation is { } activation && ReferenceEquals(activation.Class.Host.Lease, lease)))
            await Task.Delay(LookPeriod, time, cancellationToken);
    }
}
