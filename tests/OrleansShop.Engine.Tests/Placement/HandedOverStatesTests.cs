using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Placement;
using OrleansShop.Engine.Tests.Membership;
using Xunit;

namespace OrleansShop.Engine.Tests.Placement;

public sealed class HandedOverStatesTests
{
    private static readonly SiloAddress Self = Rows.Silo(1);
    private static readonly byte[] State = [1, 2, 3];

    private readonly HandedOverStates _states = new();
    private Ring _ring = Ring.Empty(Self);

    [Fact]
    public void What_comes_while_the_partition_is_held_is_there_when_it_opens_and_once_only()
    {
        Enter(View(1, owns: false), PartitionSet.Empty);
        Enter(View(2, owns: true), PartitionSet.All);
        var grain = Mine();

        Assert.True(Offer(grain, 2));
        Assert.Empty(_states.Ready(_ring));
        _ring = _ring.Release(PartitionSet.Empty);

        Assert.Equal(grain, Assert.Single(_states.Ready(_ring)));
        Assert.Equal(State, _states.Take(grain));
        Assert.Null(_states.Take(grain));
    }

    [Fact]
    public void What_comes_before_its_view_waits_for_it()
    {
        Enter(View(1, owns: false), PartitionSet.Empty);
        var grain = Mine();

        Assert.True(Offer(grain, 2));
        Assert.Null(_states.Take(grain));
        Enter(View(2, owns: true), PartitionSet.Empty);

        Assert.Equal(State, _states.Take(grain));
    }

    [Fact]
    public void What_was_meant_for_a_view_that_was_skipped_is_dropped()
    {
        Enter(View(1, owns: false), PartitionSet.Empty);
        var grain = Mine();
        Assert.True(Offer(grain, 2));

        Enter(View(3, owns: true), PartitionSet.All);

        Assert.Null(_states.Take(grain));
    }

    [Fact]
    public void What_comes_after_its_view_or_after_the_partition_has_opened_is_refused()
    {
        Enter(View(3, owns: true), PartitionSet.All);
        var grain = Mine();
        Assert.False(Offer(grain, 2));

        _ring = _ring.Release(PartitionSet.Empty);
        Assert.False(Offer(grain, 3));
    }

    [Fact]
    public void What_this_silo_does_not_own_is_refused()
    {
        Enter(View(2, owns: false), PartitionSet.All);

        Assert.False(Offer(Theirs(), 2));
    }

    [Fact]
    public void What_was_taken_stays_good_in_later_views_as_long_as_the_partition_stays()
    {
        Enter(View(1, owns: false), PartitionSet.Empty);
        Enter(View(2, owns: true), PartitionSet.All);
        var (stays, goes) = (Mine(), Mine(1));
        Assert.True(Offer(stays, 2));
        Assert.True(Offer(goes, 2));

        Enter(View(3, owns: true), PartitionSet.All);
        Assert.Equal(State, _states.Take(stays));

        Enter(View(4, owns: false), PartitionSet.All);
        Enter(View(5, owns: true), PartitionSet.All);
        Assert.Null(_states.Take(goes));
    }

    [Fact]
    public void A_later_state_replaces_an_earlier_one_and_not_the_other_way_round()
    {
        Enter(View(1, owns: false), PartitionSet.Empty);
        var grain = Mine();
        Assert.True(Offer(grain, 2));
        Assert.True(_states.Offer(grain, 3, [9], _ring));
        Assert.False(Offer(grain, 2));

        Enter(View(3, owns: true), PartitionSet.Empty);

        Assert.Equal([9], _states.Take(grain));
    }

    [Fact]
    public void Too_much_is_refused()
    {
        var large = new byte[100 * 1024 * 1024];
        Assert.True(_states.Offer(Mine(), 1, large, _ring));
        Assert.True(_states.Offer(Mine(1), 1, large, _ring));
        Assert.False(_states.Offer(Mine(2), 1, large, _ring));
    }

    // The other silo hosts the type, and this one only where it owns it: then it owns all of it.
    private static MembershipView View(long version, bool owns) => owns
        ? Rows.View(version, Rows.Row(1, hosts: "cart"), Rows.Row(2))
        : Rows.View(version, Rows.Row(1), Rows.Row(2, hosts: "cart"));

    private static GrainId Mine(int number = 0) => GrainId.Create("cart", $"mine-{number}");

    private static GrainId Theirs() => Mine();

    private void Enter(MembershipView view, PartitionSet held)
    {
        var next = _ring.Next(view, held);
        _states.Enter(_ring, next);
        _ring = next;
    }

    private bool Offer(GrainId grain, long view) => _states.Offer(grain, view, State, _ring);
}
