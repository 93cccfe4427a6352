using OrleansShop.Engine.Placement;
using OrleansShop.Engine.Reminders.Protocol;
using Xunit;

namespace OrleansShop.Engine.Tests.Reminders;

public sealed class HashRangeTests
{
    [Fact]
    public void All_partitions_are_one_range_that_holds_everything()
    {
        var range = Assert.Single(HashRange.Of(PartitionSet.All));
        Assert.True(range.Contains(0));
        Assert.True(range.Contains(uint.MaxValue));
        Assert.True(range.Contains(12345));
    }

    [Fact]
    public void No_partitions_are_no_range() => Assert.Empty(HashRange.Of(PartitionSet.Empty));

    [Fact]
    public void The_ranges_of_a_set_hold_the_hashes_of_its_partitions_and_no_others()
    {
        var random = new Random(7);
        for (var round = 0; round < 20; round++)
        {
            var set = PartitionSet.Of(Enumerable.Range(0, Partition.Count).Where(_ => random.Next(3) == 0).Concat(round % 2 == 0 ? [0, Partition.Count - 1] : []));
            var ranges = HashRange.Of(set).ToList();
            for (var partition = 0; partition < Partition.Count; partition++)
            {
                var first = (uint)partition << 22;
                var last = first + ((1u << 22) - 1);
                Assert.Equal(set.Contains(partition) ? 1 : 0, ranges.Count(range => range.Contains(first)));
                Assert.Equal(set.Contains(partition) ? 1 : 0, ranges.Count(range => range.Contains(last)));
                Assert.Equal(set.Contains(partition), ranges.Any(range => range.Touches(partition)));
            }
        }
    }

    [Fact]
    public void A_range_inside_a_partition_touches_that_partition_alone()
    {
        var range = new HashRange((5u << 22) + 10, (5u << 22) + 20);
        Assert.Equal([5], Enumerable.Range(0, Partition.Count).Where(range.Touches));
    }
}
