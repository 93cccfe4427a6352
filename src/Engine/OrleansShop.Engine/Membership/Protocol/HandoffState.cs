using System.Collections.Immutable;
using Orleans.Runtime;
using OrleansShop.Engine.Placement;

namespace OrleansShop.Engine.Membership.Protocol;

/// <summary>
/// Which partitions other silos may still be running grains of, as far as this silo knows.
/// </summary>
/// <remarks>
/// A silo acknowledges a view when it starts no grain any more that it does not own in it; the acknowledgement names the partitions
/// whose grains it is still draining. A partition that this silo has gained opens when every other living silo has acknowledged exactly
/// this view without naming it. Asking only the previous owner would not do: two silos that skipped different views do not agree on
/// who that was. A later view would not do either: a silo may own in it what it has lost in this one, and have skipped this one;
/// whoever hears of a later view enters it soon. A dead silo has nothing left to drain.
/// </remarks>
/// <param name="View">The version that this silo is at.</param>
/// <param name="Others">The other silos that may run grains in that view.</param>
/// <param name="Acknowledged">The newest acknowledgement of each other silo.</param>
internal sealed record HandoffState(
    long View, ImmutableHashSet<SiloAddress> Others, ImmutableDictionary<SiloAddress, Acknowledgement> Acknowledged)
{
    /// <summary>Before the first view.</summary>
    public static HandoffState Start { get; } =
        new(0, [], ImmutableDictionary<SiloAddress, Acknowledgement>.Empty);

    /// <summary>The partitions that must not be opened yet.</summary>
    public PartitionSet Held
    {
        get
        {
            var held = PartitionSet.Empty;
            foreach (var silo in Others)
            {
                if (!Acknowledged.TryGetValue(silo, out var acknowledgement) || acknowledgement.View != View)
                    return PartitionSet.All;
                held = held.Union(acknowledgement.Draining);
            }

            return held;
        }
    }

    /// <summary>The silos that have not said that they are at this view.</summary>
    public IEnumerable<SiloAddress> Behind =>
        Others.Where(silo => !Acknowledged.TryGetValue(silo, out var acknowledgement) || acknowledgement.View < View);

    /// <summary>The silos whose acknowledgement is missing or names partitions that they still drain.</summary>
    public IEnumerable<SiloAddress> Missing =>
        Others.Where(silo => !Acknowledged.TryGetValue(silo, out var acknowledgement)
            || acknowledgement.View != View || !acknowledgement.Draining.IsEmpty);

    /// <summary>The silos that are at this view and still drain partitions that they have lost, with these.</summary>
    public IEnumerable<(SiloAddress Silo, PartitionSet Partitions)> Draining => Others
        .Where(silo => Acknowledged.TryGetValue(silo, out var acknowledgement) && acknowledgement.View == View && !acknowledgement.Draining.IsEmpty)
        .Order().Select(silo => (silo, Acknowledged[silo].Draining));

    /// <summary>This silo is at a new view.</summary>
    public HandoffState Enter(MembershipView view, SiloAddress self)
    {
        if (view.Version < View)
            throw new InvalidOperationException($"View {view.Version} comes after view {View}.");

        ImmutableHashSet<SiloAddress> others =
            [.. view.Rows.Where(row => row.MayRunGrains && !row.Silo.Equals(self)).Select(row => row.Silo)];

        // An acknowledgement can overtake the view that its sender appears in, so those of unknown silos are kept and those of dead ones dropped.
        var kept = Acknowledged.RemoveRange(Acknowledged.Keys.Where(view.IsDead));
        return new(view.Version, others, kept);
    }

    /// <summary>
    /// Takes in what the others have written to the table with their renewals: so a handoff goes on where two silos cannot reach each other.
    /// </summary>
    public HandoffState Take(IEnumerable<MembershipRow> rows, SiloAddress self)
    {
        var state = this;
        foreach (var row in rows)
        {
            if (row is { Status: not SiloStatus.Dead, Acknowledged: { } acknowledged } && !row.Silo.Equals(self))
                state = state.Take(row.Silo, acknowledged);
        }

        return state;
    }

    /// <summary>Another silo has acknowledged a view. Acknowledgements may arrive late, twice, or out of order.</summary>
    public HandoffState Take(SiloAddress silo, Acknowledgement acknowledgement)
    {
        if (Acknowledged.TryGetValue(silo, out var known))
        {
            if (acknowledgement.View < known.View)
                return this;

            // Within one view a silo only ever drains more, so what either message says is drained, is.
            if (acknowledgement.View == known.View)
                acknowledgement = acknowledgement with { Draining = known.Draining.Intersect(acknowledgement.Draining) };
        }

        return this with { Acknowledged = Acknowledged.SetItem(silo, acknowledgement) };
    }
}

/// <summary>What a silo says when it is at a view.</summary>
/// <param name="View">The version.</param>
/// <param name="Draining">The partitions that it has lost and still has running grains of.</param>
internal sealed record Acknowledgement(long View, PartitionSet Draining);
