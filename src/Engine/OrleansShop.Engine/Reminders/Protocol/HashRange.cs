using OrleansShop.Engine.Placement;

namespace OrleansShop.Engine.Reminders.Protocol;

/// <summary>A range of uniform hashes, as reminder tables have it: above the one, up to the other. If it does not begin below its end, it wraps.</summary>
/// <param name="Begin">Not in the range.</param>
/// <param name="End">In the range.</param>
internal readonly record struct HashRange(uint Begin, uint End)
{
    private const int BitsBelowPartition = 22;

    public bool Contains(uint hash) => Begin < End ? hash > Begin && hash <= End : hash > Begin || hash <= End;

    /// <summary>Whether it holds a hash of a partition.</summary>
    public bool Touches(int partition)
    {
        var first = unchecked(LastHashBefore(partition) + 1);
        var last = LastHashBefore(partition + 1);
        return Contains(first) || Contains(last) || (unchecked(Begin + 1) is var beginsAt && beginsAt >= first && beginsAt <= last && Contains(beginsAt));
    }

    /// <summary>The fewest ranges that hold the hashes of a set of partitions, and no others.</summary>
    public static IEnumerable<HashRange> Of(PartitionSet partitions)
    {
        for (var first = 0; first < Partition.Count; first++)
        {
            if (!partitions.Contains(first))
                continue;
            var end = first;
            while (end < Partition.Count && partitions.Contains(end))
                end++;

            // Both ends are one below a border. Before the first partition that is the last hash of all, and the range wraps.
            yield return new(LastHashBefore(first), LastHashBefore(end));
            first = end;
        }
    }

    private static uint LastHashBefore(int partition) => unchecked(((uint)partition << BitsBelowPartition) - 1);
}
