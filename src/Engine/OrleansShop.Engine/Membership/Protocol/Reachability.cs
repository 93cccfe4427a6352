using System.Collections.Immutable;
using Orleans.Runtime;

namespace OrleansShop.Engine.Membership.Protocol;

/// <summary>
/// Whether this silo can reach those that it watches. A silo that cannot be reached for as long as a lease is accused in the table, although
/// it renews its own; the accusation is taken back when it can be reached again.
/// </summary>
/// <param name="Unreachable">Since when each silo cannot be reached; only those that cannot.</param>
/// <param name="LastLook">When this silo looked last.</param>
internal sealed record Reachability(ImmutableDictionary<SiloAddress, TimeSpan> Unreachable, TimeSpan LastLook)
{
    /// <summary>Before the first look.</summary>
    public static Reachability Start(TimeSpan now) => new(ImmutableDictionary<SiloAddress, TimeSpan>.Empty, now);

    /// <summary>Looks which silos can be reached now; returns the next state and the votes that are due.</summary>
    /// <remarks>A look that comes late says nothing: it was this silo that paused, and the answers of that time may be on their way.</remarks>
    public (Reachability Next, ImmutableArray<Vote> Due) Look(
        SiloAddress self, MembershipView view, Func<SiloAddress, bool> isReachable, TimeSpan now, LeaseTerms terms)
    {
        var late = now - LastLook > terms.Duration / 2;
        var unreachable = ImmutableDictionary.CreateBuilder<SiloAddress, TimeSpan>();
        var due = ImmutableArray.CreateBuilder<Vote>();
        var watched = Probers.WatchedBy(self, view).ToHashSet();
        foreach (var row in view.Active)
        {
            if (row.Silo.Equals(self))
                continue;
            var hasVoted = row.Suspicions.Any(suspicion => suspicion.By.Equals(self));
            if (!watched.Contains(row.Silo) || isReachable(row.Silo))
            {
                if (hasVoted)
                    due.Add(new(row.Silo, IsAgainst: false));
                continue;
            }

            var since = !late && Unreachable.TryGetValue(row.Silo, out var before) ? before : now;
            unreachable[row.Silo] = since;
            if (!hasVoted && now - since >= terms.Duration)
                due.Add(new(row.Silo, IsAgainst: true));
        }

        return (new Reachability(unreachable.ToImmutable(), now), due.ToImmutable());
    }
}

/// <summary>What a silo has to say about another in the table.</summary>
/// <param name="Silo">The other.</param>
/// <param name="IsAgainst">Whether it cannot be reached; false to take an earlier vote back.</param>
internal readonly record struct Vote(SiloAddress Silo, bool IsAgainst);
