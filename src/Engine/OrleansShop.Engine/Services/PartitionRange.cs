using Orleans.Runtime;
using OrleansShop.Engine.Placement;
using OrleansShop.Engine.Reminders.Protocol;

namespace OrleansShop.Engine.Services;

/// <summary>The hashes of a set of partitions.</summary>
internal sealed class PartitionRange(PartitionSet partitions) : ICompositeRange
{
    public IEnumerable<ISingleRange> Pieces => HashRange.Of(partitions).Select(static range => new SingleRange(range));

    public bool InRange(uint value) => partitions.Contains(Partition.Of(value));

    public override string ToString() => partitions.ToString();
}
