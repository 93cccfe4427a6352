using OrleansShop.Engine.Placement;
using OrleansShop.Engine.Tests.Membership;
using Xunit;

namespace OrleansShop.Engine.Tests.Placement;

public sealed class RingTests
{
    private static readonly GrainType Owner = GrainType.Create("owner");
    private static readonly SiloAddress Self = Rows.Silo(1);

    [Fact]
    public void The_first_silo_owns_and_may_open_everything_it_hosts()
    {
        var ring = Ring.Empty(Self).Next(Rows.View(1, Rows.Row(1, hosts: "owner")), PartitionSet.Empty);

        Assert.All(Enumerable.Range(0, Partition.Count), partition => Assert.True(ring.Find(Owner)!.IsOpenHere(partition)));
        Assert.Null(ring.Find(GrainType.Create("pet")));
    }

    [Fact]
    public void A_newcomer_holds_what_it_gains_until_the_others_have_drained()
    {
        var ring = Ring.Empty(Self).Next(Rows.View(2, Rows.Row(1, hosts: "owner"), Rows.Row(2, hosts: "owner")), PartitionSet.All);
        var owned = ring.Find(Owner)!.Owned;
        Assert.InRange(owned.Size, 400, 620);
        Assert.Equal(owned, ring.Find(Owner)!.Held);

        var half = PartitionSet.Of(Enumerable.Range(0, 512));
        var released = ring.Release(half);

        Assert.Equal(owned.Intersect(half), released.Find(Owner)!.Held);
        Assert.Equal(PartitionSet.Empty, released.Release(PartitionSet.Empty).Find(Owner)!.Held);
    }

    [Fact]
    public void What_was_open_before_stays_open_when_others_come_and_go()
    {
        var alone = Ring.Empty(Self).Next(Rows.View(1, Rows.Row(1, hosts: "owner")), PartitionSet.Empty);

        var joined = alone.Next(Rows.View(2, Rows.Row(1, hosts: "owner"), Rows.Row(2, hosts: "owner")), PartitionSet.All);
        Assert.Equal(PartitionSet.Empty, joined.Find(Owner)!.Held);

        var left = joined.Next(Rows.View(3, Rows.Row(1, hosts: "owner"), Rows.Row(2, SiloStatus.ShuttingDown, hosts: "owner")), PartitionSet.All);
        Assert.Equal(PartitionSet.All.Except(joined.Find(Owner)!.Owned), left.Find(Owner)!.Held);
    }

    [Fact]
    public void Each_type_is_shared_by_the_silos_that_host_it()
    {
        var ring = Ring.Empty(Self).Next(Rows.View(1, Rows.Row(1, hosts: ["owner", "pet"]), Rows.Row(2, hosts: "pet"), Rows.Row(3, SiloStatus.Joining, hosts: "owner")), PartitionSet.Empty);

        Assert.Equal([Self], ring.Find(Owner)!.Silos);
        Assert.Equal([Self, Rows.Silo(2)], ring.Find(GrainType.Create("pet"))!.Silos);
    }

    [Fact]
    public void The_last_host_owns_its_grains_until_it_is_dead()
    {
        var ring = Ring.Empty(Self).Next(Rows.View(1, Rows.Row(1, SiloStatus.ShuttingDown, hosts: "owner")), PartitionSet.Empty);
        Assert.Equal([Self], ring.Find(Owner)!.Silos);

        ring = ring.Next(Rows.View(2, Rows.Row(1, SiloStatus.Dead, hosts: "owner")), PartitionSet.Empty);
        Assert.Null(ring.Find(Owner));
    }

    [Fact]
    public void Closed_forms_of_a_generic_class_live_where_the_class_is_hosted()
    {
        var ring = Ring.Empty(Self).Next(Rows.View(1, Rows.Row(1, hosts: "cache`1")), PartitionSet.Empty);

        Assert.NotNull(ring.Find(GrainType.Create("cache`1[[int]]")));
    }
}
