using System.Collections.Immutable;
using Orleans.Runtime;
using OrleansShop.Engine.Placement;

namespace OrleansShop.Engine.Reminders;

/// <summary>The partitions that a silo owns and holds open, by grain type: silos that host different types share each among others.</summary>
internal sealed class OpenPartitions(ImmutableDictionary<GrainType, PartitionSet> byType)
{
    public static OpenPartitions None { get; } = new(ImmutableDictionary<GrainType, PartitionSet>.Empty);

    /// <summary>The partitions that are open for at least one type.</summary>
    public PartitionSet Any => byType.Values.Aggregate(PartitionSet.Empty, static (all, open) => all.Union(open));

    /// <summary>The partitions that are open for a type that they were not open for before.</summary>
    public PartitionSet GainedSince(OpenPartitions before) => byType.Aggregate(
        PartitionSet.Empty, (gained, type) => gained.Union(type.Value.Except(before.Of(type.Key))));

    /// <summary>The partitions that are open in both, for each type.</summary>
    public OpenPartitions Intersect(OpenPartitions other) => new(byType.ToImmutableDictionary(
        static type => type.Key, type => type.Value.Intersect(other.Of(type.Key))));

    private PartitionSet Of(GrainType type) => byType.GetValueOrDefault(type, PartitionSet.Empty);
}
