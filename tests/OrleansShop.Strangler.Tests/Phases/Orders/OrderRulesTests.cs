using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Phases.Orders;
using Xunit;

namespace OrleansShop.Strangler.Tests.Phases.Orders;

public sealed class OrderRulesTests
{
    private const string Capability = "owners";

    private static readonly OrderFacts AllMoved = new(OwnedByMonolith: 0, OwnedByGrains: 7, Parents: [], Children: []);
    private static readonly OrderFacts NoneMoved = new(OwnedByMonolith: 7, OwnedByGrains: 0, Parents: [], Children: []);

    [Fact]
    public void A_capability_goes_the_whole_way_and_counts_its_orders()
    {
        var standing = new CapabilityStanding();
        standing = Accepted(standing, OrderKind.Shadow);
        standing = Accepted(standing, OrderKind.Canary, percent: 5);
        standing = Accepted(standing, OrderKind.Canary, percent: 100);
        standing = Accepted(standing, OrderKind.Promote);
        standing = Accepted(standing, OrderKind.Lists, lists: ListSide.Grains);
        standing = Accepted(standing, OrderKind.Retire, confirmation: Capability);

        Assert.Equal(new CapabilityStanding { Phase = CapabilityPhase.Retired, Lists = ListSide.Grains, Epoch = 6 }, standing);
    }

    [Theory]
    [InlineData(CapabilityPhase.Monolith, OrderKind.Canary, "order shadow first")]
    [InlineData(CapabilityPhase.Monolith, OrderKind.Promote, "order canary first")]
    [InlineData(CapabilityPhase.Monolith, OrderKind.Lists, "promote it first")]
    [InlineData(CapabilityPhase.Monolith, OrderKind.Pause, "nothing moves")]
    [InlineData(CapabilityPhase.Monolith, OrderKind.Retire, "promote it")]
    [InlineData(CapabilityPhase.Shadow, OrderKind.Promote, "order canary first")]
    [InlineData(CapabilityPhase.Shadow, OrderKind.Retire, "promote it")]
    [InlineData(CapabilityPhase.Canary, OrderKind.Lists, "promote it first")]
    [InlineData(CapabilityPhase.Canary, OrderKind.Retire, "promote it")]
    [InlineData(CapabilityPhase.Grains, OrderKind.Shadow, "order canary first")]
    [InlineData(CapabilityPhase.Retired, OrderKind.Shadow, "order canary first")]
    [InlineData(CapabilityPhase.Retired, OrderKind.Canary, "fresh import")]
    [InlineData(CapabilityPhase.Retired, OrderKind.Promote, "fresh import")]
    [InlineData(CapabilityPhase.Retired, OrderKind.Rollback, "fresh import")]
    public void An_order_out_of_order_is_refused_with_what_would_be_right(CapabilityPhase phase, OrderKind kind, string instead)
    {
        var refusal = Refused(new CapabilityStanding { Phase = phase }, kind, percent: 5, lists: ListSide.Grains, confirmation: Capability);

        Assert.Contains(instead, refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(-1)]
    [InlineData(101)]
    public void A_share_outside_of_0_to_100_is_refused(int? percent) =>
        Assert.Contains("from 0 to 100", Refused(new CapabilityStanding { Phase = CapabilityPhase.Shadow }, OrderKind.Canary, percent), StringComparison.Ordinal);

    [Fact]
    public void The_second_of_two_operators_is_told_that_the_first_was_there()
    {
        var order = new CapabilityOrder(OrderKind.Canary, "second", "here", Percent: 50, ExpectedEpoch: 1);

        var decision = OrderRules.Decide(Capability, new CapabilityStanding { Phase = CapabilityPhase.Canary, Percent = 5, Epoch = 2 }, order, AllMoved);

        Assert.Null(decision.Next);
        Assert.Contains("epoch is 2", decision.Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CapabilityPhase.Monolith, OrderKind.Rollback)]
    [InlineData(CapabilityPhase.Shadow, OrderKind.Shadow)]
    [InlineData(CapabilityPhase.Grains, OrderKind.Promote)]
    [InlineData(CapabilityPhase.Grains, OrderKind.Resume)]
    [InlineData(CapabilityPhase.Retired, OrderKind.Retire)]
    public void An_order_for_what_is_the_case_already_changes_nothing(CapabilityPhase phase, OrderKind kind) =>
        Assert.Equal(OrderDecision.Unchanged, OrderRules.Decide(Capability, new CapabilityStanding { Phase = phase }, new CapabilityOrder(kind, "ops", "here"), AllMoved));

    [Fact]
    public void A_rollback_takes_the_lists_and_the_share_back_and_ends_when_the_grains_own_nothing()
    {
        var grains = new CapabilityStanding { Phase = CapabilityPhase.Grains, Lists = ListSide.Grains, IsPaused = true, Epoch = 4 };

        var sweeping = Accepted(grains, OrderKind.Rollback);

        Assert.Equal(new CapabilityStanding { Phase = CapabilityPhase.Canary, Percent = 0, IsRollingBack = true, Epoch = 5 }, sweeping);
        Assert.Null(OrderRules.EndOfRollback(sweeping, AllMoved));
        Assert.Equal(new CapabilityStanding { Phase = CapabilityPhase.Monolith, Epoch = 6 }, OrderRules.EndOfRollback(sweeping, NoneMoved));
    }

    [Fact]
    public void A_share_ordered_during_a_rollback_ends_the_rollback()
    {
        var sweeping = new CapabilityStanding { Phase = CapabilityPhase.Canary, IsRollingBack = true };

        var standing = Accepted(sweeping, OrderKind.Canary, percent: 0);

        Assert.False(standing.IsRollingBack);
        Assert.Null(OrderRules.EndOfRollback(standing, NoneMoved));
    }

    [Fact]
    public void Canary_goes_back_to_shadow_only_when_the_grains_own_nothing()
    {
        var standing = new CapabilityStanding { Phase = CapabilityPhase.Canary };

        Assert.Contains("canary 0 first", Refused(standing with { Percent = 5 }, OrderKind.Shadow, facts: NoneMoved), StringComparison.Ordinal);
        Assert.Contains("still own 7", Refused(standing, OrderKind.Shadow, facts: AllMoved), StringComparison.Ordinal);
        Assert.Equal(CapabilityPhase.Shadow, Accepted(standing, OrderKind.Shadow, facts: NoneMoved).Phase);
    }

    [Fact]
    public void Lists_come_from_the_grains_only_when_everything_is_there() =>
        Assert.Contains("still owns 7", Refused(new CapabilityStanding { Phase = CapabilityPhase.Grains }, OrderKind.Lists, lists: ListSide.Grains, facts: NoneMoved), StringComparison.Ordinal);

    [Fact]
    public void Retiring_asks_for_the_name_for_retired_children_and_for_parents_that_the_monolith_does_not_answer_for()
    {
        var standing = new CapabilityStanding { Phase = CapabilityPhase.Grains, Lists = ListSide.Grains };
        var visits = new CapabilityStatus("visits", CapabilityPhase.Grains, 1, ChangedAt: null, By: null, Lists: ListSide.Grains);
        var clinic = visits with { Capability = "clinic", Lists = ListSide.Monolith };

        Assert.Contains("'owners'", Refused(standing, OrderKind.Retire, confirmation: "yes"), StringComparison.Ordinal);
        Assert.Contains("visits is in the phase Grains", Refused(standing, OrderKind.Retire, confirmation: Capability, facts: AllMoved with { Children = [visits] }), StringComparison.Ordinal);
        Assert.Contains("The monolith answers for clinic", Refused(standing, OrderKind.Retire, confirmation: Capability, facts: AllMoved with { Parents = [visits, clinic] }), StringComparison.Ordinal);
        Assert.Contains("lists grains first", Refused(standing with { Lists = ListSide.Monolith }, OrderKind.Retire, confirmation: Capability), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_leads_back_while_the_monolith_lacks_what_was_acknowledged()
    {
        var behind = AllMoved with { Behind = 3 };
        var canary = new CapabilityStanding { Phase = CapabilityPhase.Canary, Percent = 50 };
        var grains = new CapabilityStanding { Phase = CapabilityPhase.Grains, Lists = ListSide.Grains };

        Assert.Contains("3 entities", Refused(canary, OrderKind.Rollback, facts: behind), StringComparison.Ordinal);
        Assert.Contains("3 entities", Refused(canary, OrderKind.Canary, percent: 49, facts: behind), StringComparison.Ordinal);
        Assert.Contains("3 entities", Refused(grains with { Lists = ListSide.Monolith }, OrderKind.Canary, percent: 100, facts: behind), StringComparison.Ordinal);
        Assert.Contains("3 entities", Refused(grains, OrderKind.Retire, confirmation: Capability, facts: behind), StringComparison.Ordinal);
        Accepted(canary, OrderKind.Canary, percent: 51, facts: behind);
        Accepted(canary, OrderKind.Promote, facts: behind);
        Accepted(canary, OrderKind.Pause, facts: behind);
    }

    private static CapabilityStanding Accepted(
        CapabilityStanding standing, OrderKind kind, int? percent = null, ListSide? lists = null, string? confirmation = null, OrderFacts? facts = null)
    {
        var decision = OrderRules.Decide(Capability, standing, new CapabilityOrder(kind, "ops", "here", percent, lists, standing.Epoch, confirmation), facts ?? AllMoved);
        Assert.Null(decision.Refusal);
        Assert.Equal(standing.Epoch + 1, decision.Next!.Epoch);
        return decision.Next;
    }

    private static string Refused(
        CapabilityStanding standing, OrderKind kind, int? percent = null, ListSide? lists = null, string? confirmation = null, OrderFacts? facts = null)
    {
        var decision = OrderRules.Decide(Capability, standing, new CapabilityOrder(kind, "ops", "here", percent, lists, ExpectedEpoch: null, confirmation), facts ?? AllMoved);
        Assert.Null(decision.Next);
        return decision.Refusal ?? throw new InvalidOperationException($"The order {kind} changes nothing instead of being refused.");
    }
}
