using System.Net;
using OrleansShop.Engine.Placement;
using Xunit;

namespace OrleansShop.Engine.Tests.Placement;

public sealed class PartitionTableTests
{
    [Fact]
    public void Every_partition_has_an_owner_and_the_shares_are_even()
    {
        var silos = Silos(5);
        var table = PartitionTable.For(silos);

        var shares = silos.Select(silo => table.OwnedBy(silo).Size).ToArray();

        Assert.Equal(Partition.Count, shares.Sum());
        Assert.All(shares, share => Assert.InRange(share, 150, 260));
    }

    [Fact]
    public void A_silo_that_joins_takes_only_what_it_owns_from_then_on()
    {
        var before = PartitionTable.For(Silos(4));
        var after = PartitionTable.For(Silos(5));
        var newcomer = Silos(5)[4];

        for (var partition = 0; partition < Partition.Count; partition++)
        {
            if (!after.OwnerOf(partition).Equals(newcomer))
                Assert.Equal(before.OwnerOf(partition), after.OwnerOf(partition));
        }
    }

    [Fact]
    public void The_order_in_which_silos_are_named_does_not_matter()
    {
        var one = PartitionTable.For(Silos(6));
        var other = PartitionTable.For(Silos(6).Reverse());

        Assert.All(Enumerable.Range(0, Partition.Count), partition => Assert.Equal(one.OwnerOf(partition), other.OwnerOf(partition)));
    }

    [Fact]
    public void Owners_stay_the_same_from_release_to_release()
    {
        // Silos of two releases form one cluster during a rolling upgrade: they must agree on every owner.
        var table = PartitionTable.For(Silos(3));
        var first = Enumerable.Range(0, 16).Select(partition => Array.IndexOf(Silos(3), table.OwnerOf(partition)));

        Assert.Equal("0220002220020010", string.Concat(first));
    }

    [Fact]
    public void Ids_spread_evenly_over_partitions()
    {
        var counts = new int[Partition.Count];
        for (var i = 0; i < 200_000; i++)
            counts[Partition.Of(GrainId.Create("owner", i.ToString("X")))]++;

        Assert.All(counts, count => Assert.InRange(count, 110, 290));
    }

    private static SiloAddress[] Silos(int count) =>
        [.. Enumerable.Range(1, count).Select(i => SiloAddress.New(IPAddress.Parse($"10.0.0.{i}"), 11111, 1000 + i))];
}
