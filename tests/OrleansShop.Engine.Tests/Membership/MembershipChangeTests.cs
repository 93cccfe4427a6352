using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Membership.Protocol;
using Xunit;

namespace OrleansShop.Engine.Tests.Membership;

public sealed class MembershipChangeTests
{
    [Fact]
    public void A_silo_that_joins_first_declares_the_earlier_generation_at_its_endpoint_dead()
    {
        var wanted = Rows.Row(1, SiloStatus.Joining, generation: 2);

        var first = MembershipChange.Towards(wanted, Rows.View(3, Rows.Row(1), Rows.Row(2)));
        Assert.Equal((Rows.Silo(1), SiloStatus.Dead), (first.Row!.Silo, first.Row.Status));

        var second = MembershipChange.Towards(wanted, Rows.View(4, Rows.Row(1, SiloStatus.Dead), Rows.Row(2)));
        Assert.Equal(wanted, second.Row);

        var third = MembershipChange.Towards(wanted, Rows.View(5, Rows.Row(1, SiloStatus.Dead), Rows.Row(2), wanted));
        Assert.Equal(MembershipStep.Done, third);
    }

    [Fact]
    public void A_silo_whose_endpoint_a_newer_generation_has_taken_is_refused()
    {
        var step = MembershipChange.Towards(Rows.Row(1), Rows.View(3, Rows.Row(1, generation: 2)));

        Assert.Contains("taken the endpoint", step.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_silo_that_was_declared_dead_does_not_come_back()
    {
        var step = MembershipChange.Towards(Rows.Row(1), Rows.View(3, Rows.Row(1, SiloStatus.Dead)));

        Assert.Contains("declared dead", step.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_silo_that_was_declared_dead_and_forgotten_does_not_come_back_either()
    {
        var view = TableContent.Forget(Rows.View(3, Rows.Row(1, SiloStatus.Dead, generation: 4), Rows.Row(2)), [Rows.Silo(1, 4)]);

        Assert.Null(view.Find(Rows.Silo(1, 4)));
        Assert.True(view.IsDead(Rows.Silo(1, 4)));
        Assert.False(view.IsDead(Rows.Silo(3, 5)));
        Assert.Contains("forgotten", MembershipChange.Towards(Rows.Row(1, SiloStatus.ShuttingDown, generation: 4), view).Refusal, StringComparison.Ordinal);
        Assert.Equal([Rows.Silo(1, 4)], MembershipChange.NewlyDead(Rows.View(2, Rows.Row(1, generation: 4), Rows.Row(2)), view));
    }

    [Fact]
    public void A_silo_is_declared_dead_once()
    {
        Assert.Equal(SiloStatus.Dead, MembershipChange.Declare(Rows.Silo(2), Rows.View(3, Rows.Row(2))).Row!.Status);
        Assert.Equal(MembershipStep.Done, MembershipChange.Declare(Rows.Silo(2), Rows.View(3, Rows.Row(2, SiloStatus.Dead))));
        Assert.Equal(MembershipStep.Done, MembershipChange.Declare(Rows.Silo(9), Rows.View(3, Rows.Row(2))));
    }
}
