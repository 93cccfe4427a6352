using System.Collections.Immutable;
using Orleans.Runtime;

namespace OrleansShop.Engine.Placement;

/// <summary>Where grains of one type live in one view, seen from one process.</summary>
/// <param name="Table">The owners of the partitions among the silos that host the type.</param>
/// <param name="IsStatelessWorker">Whether every host may run it and nobody owns it.</param>
/// <param name="IsLocal">Whether this process hosts the type.</param>
/// <param name="Owned">The partitions that this process owns.</param>
/// <param name="Held">Those among them that other silos may still be running grains of: calls to them wait.</param>
internal sealed record GrainHosts(PartitionTable Table, bool IsStatelessWorker, bool IsLocal, PartitionSet Owned, PartitionSet Held)
{
    // A field for the hot path: most of the time nothing is held.
    private readonly bool _isAnyHeld = !Held.IsEmpty;

    /// <summary>The silos that host the type.</summary>
    public ImmutableArray<SiloAddress> Silos => Table.Silos;

    /// <summary>Whether a grain of this partition may run in this process now.</summary>
    public bool IsOpenHere(int partition) => Owned.Contains(partition) && !IsHeld(partition);

    public bool IsHeld(int partition) => _isAnyHeld && Held.Contains(partition);

    /// <summary>The same view after other silos have drained more.</summary>
    public GrainHosts Release(PartitionSet stillHeld) => new(Table, IsStatelessWorker, IsLocal, Owned, Held.Intersect(stillHeld));
}
