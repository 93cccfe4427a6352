using System.Collections.Immutable;
using Orleans.Runtime;

namespace OrleansShop.Engine.Membership.Protocol;

/// <summary>
/// Watches the heartbeats of the other silos. Only this silo's own monotonic clock is used, and only differences of it:
/// clocks are never compared across machines.
/// </summary>
/// <param name="Silos">For each watched silo its heartbeat, and since when this silo has seen it stand still.</param>
/// <param name="LastLook">When the table was read last.</param>
internal sealed record LivenessWatch(ImmutableDictionary<SiloAddress, LivenessWatch.Standing> Silos, TimeSpan LastLook)
{
    /// <summary>A watch that has seen nothing yet.</summary>
    public static LivenessWatch Start(TimeSpan now) => new(ImmutableDictionary<SiloAddress, Standing>.Empty, now);

    /// <summary>
    /// Takes in the rows as read at <paramref name="now"/>; returns the next state and the silos that have stood still for
    /// <paramref name="deadAfter"/>.
    /// </summary>
    /// <remarks>
    /// A look that comes late, after more than half of <paramref name="deadAfter"/>, accuses nobody and starts every watch anew: it was
    /// this silo that paused, and the others' beats of that time may be on their way.
    /// </remarks>
    public (LivenessWatch Next, ImmutableArray<SiloAddress> Silent) Look(
        SiloAddress self, IEnumerable<MembershipRow> rows, TimeSpan now, TimeSpan deadAfter)
    {
        var late = now - LastLook > deadAfter / 2;
        var next = ImmutableDictionary.CreateBuilder<SiloAddress, Standing>();
        var silent = ImmutableArray.CreateBuilder<SiloAddress>();
        foreach (var row in rows)
        {
            if (row.Status == SiloStatus.Dead || row.Silo.Equals(self))
                continue;

            var standing = !late && Silos.TryGetValue(row.Silo, out var before) && before.Heartbeat == row.Heartbeat
                ? before
                : new Standing(row.Heartbeat, now);
            next[row.Silo] = standing;
            if (now - standing.Since >= deadAfter)
                silent.Add(row.Silo);
        }

        return (new LivenessWatch(next.ToImmutable(), now), silent.ToImmutable());
    }

    /// <summary>A heartbeat, and when it was first seen at that count.</summary>
    internal sealed record Standing(long Heartbeat, TimeSpan Since);
}
