using OrleansShop.Engine.Membership.Protocol;
using OrleansShop.Engine.Placement;
using Xunit;

namespace OrleansShop.Engine.Tests.Membership;

public sealed class HandoffStateTests
{
    private static readonly SiloAddress Self = Rows.Silo(1);

    [Fact]
    public void A_silo_alone_holds_nothing()
    {
        var state = HandoffState.Start.Enter(Rows.View(1, Rows.Row(1)), Self);

        Assert.Equal(PartitionSet.Empty, state.Held);
    }

    [Fact]
    public void Everything_is_held_until_each_living_silo_has_acknowledged_the_view()
    {
        var state = HandoffState.Start.Enter(Rows.View(5, Rows.Row(1), Rows.Row(2), Rows.Row(3, SiloStatus.ShuttingDown), Rows.Row(4, SiloStatus.Dead)), Self);
        Assert.Equal(PartitionSet.All, state.Held);

        state = state.Take(Rows.Silo(2), new(5, PartitionSet.Empty));
        Assert.Equal(PartitionSet.All, state.Held);
        Assert.Equal([Rows.Silo(3)], state.Missing);

        state = state.Take(Rows.Silo(3), new(5, PartitionSet.Empty));
        Assert.Equal(PartitionSet.Empty, state.Held);
    }

    [Fact]
    public void An_acknowledgement_of_a_later_view_says_nothing_about_this_one()
    {
        // Silo 2 has skipped view 5 and owns in view 6 again what view 5 gives to this silo: it still runs it.
        var state = HandoffState.Start.Enter(Rows.View(5, Rows.Row(1), Rows.Row(2)), Self).Take(Rows.Silo(2), new(6, PartitionSet.Empty));
        Assert.Equal(PartitionSet.All, state.Held);

        state = state.Enter(Rows.View(6, Rows.Row(1), Rows.Row(2)), Self);
        Assert.Equal(PartitionSet.Empty, state.Held);
    }

    [Fact]
    public void Partitions_that_are_being_drained_stay_held()
    {
        var draining = PartitionSet.Of([3, 900]);
        var state = HandoffState.Start.Enter(Rows.View(5, Rows.Row(1), Rows.Row(2)), Self).Take(Rows.Silo(2), new(5, draining));
        Assert.Equal(draining, state.Held);

        state = state.Take(Rows.Silo(2), new(5, PartitionSet.Of([900])));
        Assert.Equal(PartitionSet.Of([900]), state.Held);
    }

    [Fact]
    public void Acknowledgements_may_come_late_twice_and_out_of_order()
    {
        var state = HandoffState.Start.Enter(Rows.View(5, Rows.Row(1), Rows.Row(2)), Self)
            .Take(Rows.Silo(2), new(5, PartitionSet.Empty))
            .Take(Rows.Silo(2), new(5, PartitionSet.Of([7])))
            .Take(Rows.Silo(2), new(4, PartitionSet.All));

        Assert.Equal(PartitionSet.Empty, state.Held);
    }

    [Fact]
    public void An_acknowledgement_of_an_older_view_does_not_open_a_newer_one()
    {
        var state = HandoffState.Start.Enter(Rows.View(5, Rows.Row(1), Rows.Row(2)), Self).Take(Rows.Silo(2), new(5, PartitionSet.Empty));

        state = state.Enter(Rows.View(6, Rows.Row(1), Rows.Row(2), Rows.Row(3)), Self);

        Assert.Equal(PartitionSet.All, state.Held);
    }

    [Fact]
    public void An_acknowledgement_may_overtake_the_view_that_its_sender_appears_in()
    {
        var state = HandoffState.Start.Enter(Rows.View(5, Rows.Row(1)), Self).Take(Rows.Silo(2), new(6, PartitionSet.Empty));

        state = state.Enter(Rows.View(6, Rows.Row(1), Rows.Row(2)), Self);

        Assert.Equal(PartitionSet.Empty, state.Held);
    }

    [Fact]
    public void A_dead_silo_needs_no_acknowledgement()
    {
        var state = HandoffState.Start.Enter(Rows.View(5, Rows.Row(1), Rows.Row(2)), Self);

        state = state.Enter(Rows.View(6, Rows.Row(1), Rows.Row(2, SiloStatus.Dead)), Self);

        Assert.Equal(PartitionSet.Empty, state.Held);
    }

    [Fact]
    public void Views_do_not_go_back() =>
        Assert.Throws<InvalidOperationException>(() => HandoffState.Start.Enter(Rows.View(5, Rows.Row(1)), Self).Enter(Rows.View(4, Rows.Row(1)), Self));
}
