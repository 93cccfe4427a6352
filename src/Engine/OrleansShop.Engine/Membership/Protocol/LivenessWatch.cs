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
    /// Takes in the rows that came from the table at <paramref name="now"/>; returns the next state and the rows whose heartbeat has stood
    /// still for <paramref name="deadAfter"/>.
    /// </summary>
    /// <remarks>
    /// A heartbeat is seen when the answer has come, which is later than it was renewed: so the lease of a silent silo has run out, by its own
    /// clock, if the table still has that heartbeat when the silo is declared dead. That is a condition of the write.
    /// <para>
    /// A look that comes late, after more than half of <paramref name="deadAfter"/>, accuses nobody and starts every watch anew. Safety does not need
    /// that: it was this silo that paused, or the table that was away, and then the others are about to beat again.
    /// </para>
    /// </remarks>
    public (LivenessWatch Next, ImmutableArray<MembershipRow> Silent) Look(
        SiloAddress self, IEnumerable<MembershipRow> rows, TimeSpan now, TimeSpan deadAfter)
    {
        var late = now - LastLook > deadAfter / 2;
        var next = ImmutableDictionary.CreateBuilder<SiloAddress, Standing>();
        var silent = ImmutableArray.CreateBuilder<MembershipRow>();
        foreach (var row in rows)
        {
            if (row.Status == SiloStatus.Dead || row.Silo.Equals(self))
                continue;

            var standing = !late && Silos.TryGetValue(row.Silo, out var before) && before.Heartbeat == row.Heartbeat
                ? before
                : new Standing(row.Heartbeat, now);
            next[row.Silo] = standing;
            if (now - standing.Since >= deadAfter)
                silent.Add(row);
        }

        return (new LivenessWatch(next.ToImmutable(), now), silent.ToImmutable());
    }

    /// <summary>
    /// When to look next: at <paramref name="planned"/>, or sooner if a heartbeat will then have stood still for <paramref name="deadAfter"/>. A look that waited
    /// for its turn would leave the grains of a frozen silo without an owner for up to a period more.
    /// </summary>
    /// <remarks>What is due already is looked at as planned: whoever was to be declared dead then is still there because the table does not take it.</remarks>
    public TimeSpan NextLook(TimeSpan planned, TimeSpan deadAfter)
    {
        foreach (var standing in Silos.Values)
        {
            var due = standing.Since + deadAfter;
            if (due > LastLook && due < planned)
                planned = due;
        }

        return planned;
    }

    /// <summary>A heartbeat, and when it was first seen at that count.</summary>
    internal sealed record Standing(long Heartbeat, TimeSpan Since);
}
