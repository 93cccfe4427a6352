using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Phases.Orders;
using OrleansShop.Strangler.Rollout;
using Xunit;

namespace OrleansShop.Strangler.Tests.Rollout;

public sealed class RolloutRulesTests
{
    private static readonly RolloutManifest Plan = new() { BakeTime = TimeSpan.FromMinutes(10), Patience = TimeSpan.FromHours(1), MinRequests = 100, Lists = true };

    private static readonly RolloutFigures Good = new(
        Gateways: 2, GrainRequests: 1000, GrainErrors: 0, GrainP99: TimeSpan.FromMilliseconds(80), MonolithRequests: 1000, MonolithErrors: 0, MonolithP99: TimeSpan.FromMilliseconds(70), Compared: 500, Different: 0, Lag: TimeSpan.Zero,
        Unmoved: 0);

    [Fact]
    public void With_good_figures_every_step_follows_on_the_one_before()
    {
        var standing = new CapabilityStanding();
        List<string> orders = [];
        while (RolloutRules.Decide(Plan, At(standing), Good) is { Kind: RolloutVerdictKind.GoOn, Order: { } order })
        {
            orders.Add($"{order.Kind} {order.Percent}{order.Lists}".Trim());
            standing = OrderRules.Decide("books", standing, new CapabilityOrder(order.Kind, "a", "b", order.Percent, order.Lists), OrderFacts.None with { OwnedByMonolith = 0, OwnedByGrains = 9 }).Next!;
        }

        Assert.Equal(["Shadow", "Canary 1", "Canary 5", "Canary 25", "Canary 50", "Canary 100", "Promote", "Lists Grains"], orders);
        Assert.Equal(RolloutVerdictKind.Finished, RolloutRules.Decide(Plan, At(standing), Good).Kind);
        Assert.Equal((CapabilityPhase.Grains, ListSide.Grains), (standing.Phase, standing.Lists));
    }

    [Fact]
    public void Lists_stay_at_the_monolith_if_the_plan_does_not_name_them() =>
        Assert.Equal(RolloutVerdictKind.Finished, RolloutRules.Decide(Plan with { Lists = false }, At(new CapabilityStanding { Phase = CapabilityPhase.Grains }), Good).Kind);

    [Fact]
    public void A_rollout_that_begins_in_the_midst_goes_to_the_next_greater_share() =>
        Assert.Equal(new RolloutStep(OrderKind.Canary, 25), RolloutRules.Decide(Plan, At(Canary(7)), Good).Order);

    [Fact]
    public void Errors_above_the_limit_roll_back_before_the_bake_time_is_over()
    {
        var verdict = RolloutRules.Decide(Plan, At(Canary(5), observed: TimeSpan.FromSeconds(3)), Good with { GrainErrors = 11 });

        Assert.Equal((RolloutVerdictKind.RollBack, OrderKind.Rollback), (verdict.Kind, verdict.Order!.Kind));
        Assert.Equal(
            "11 of 1,000 requests to the grains failed, the limit is 1 %. Grains: 1,000 requests, 11 failed, p99 80 ms; monolith: 1,000 requests, 0 failed, p99 70 ms; 0 of 500 compared answers differ.", verdict.Reason);
        Assert.Equal(RolloutVerdictKind.GoOn, RolloutRules.Decide(Plan, At(Canary(5)), Good with { GrainErrors = 10 }).Kind);
    }

    [Fact]
    public void Few_errors_break_the_limit_only_when_good_requests_could_not_mend_it_any_more()
    {
        var few = Good with { GrainRequests = 2, GrainErrors = 1 };
        Assert.Equal(RolloutVerdictKind.Wait, RolloutRules.Decide(Plan, At(Canary(5)), few).Kind);
        Assert.Equal(RolloutVerdictKind.RollBack, RolloutRules.Decide(Plan, At(Canary(5)), few with { GrainErrors = 2 }).Kind);
    }

    [Fact]
    public void A_p99_above_its_ratio_rolls_back_but_not_below_the_floor_nor_with_too_few_requests()
    {
        var slow = Good with { GrainP99 = TimeSpan.FromMilliseconds(211) };
        Assert.Contains("p99 of the grains is 211 ms, that of the monolith 70 ms, the limit is 3 times", RolloutRules.Decide(Plan, At(Canary(5)), slow).Reason, StringComparison.Ordinal);
        Assert.Equal(RolloutVerdictKind.RollBack, RolloutRules.Decide(Plan, At(Canary(5)), slow).Kind);
        Assert.Equal(RolloutVerdictKind.GoOn, RolloutRules.Decide(Plan with { Limits = Plan.Limits with { LatencyFloor = TimeSpan.FromMilliseconds(250) } }, At(Canary(5)), slow).Kind);
        Assert.Equal(RolloutVerdictKind.Wait, RolloutRules.Decide(Plan, At(Canary(5)), slow with { GrainRequests = 99 }).Kind);
        Assert.Equal(RolloutVerdictKind.GoOn, RolloutRules.Decide(Plan, At(Canary(5)), slow with { MonolithRequests = 99 }).Kind);
    }

    [Fact]
    public void Where_the_monolith_has_too_few_requests_its_p99_of_an_earlier_step_counts()
    {
        var slow = Good with { GrainP99 = TimeSpan.FromMilliseconds(211), MonolithRequests = 0, MonolithP99 = null };
        Assert.Equal(RolloutVerdictKind.RollBack, RolloutRules.Decide(Plan, At(Canary(100)) with { BaselineP99 = TimeSpan.FromMilliseconds(70) }, slow).Kind);
        Assert.Equal(RolloutVerdictKind.GoOn, RolloutRules.Decide(Plan, At(Canary(100)) with { BaselineP99 = TimeSpan.FromMilliseconds(71) }, slow).Kind);
    }

    [Fact]
    public void Differences_above_the_limit_roll_back()
    {
        var shadow = new CapabilityStanding { Phase = CapabilityPhase.Shadow };
        Assert.Equal(RolloutVerdictKind.RollBack, RolloutRules.Decide(Plan, At(shadow), Good with { Different = 6 }).Kind);
        Assert.Equal(RolloutVerdictKind.GoOn, RolloutRules.Decide(Plan, At(shadow), Good with { Different = 5 }).Kind);
    }

    [Fact]
    public void Without_figures_it_waits_however_long()
    {
        Assert.Equal(RolloutVerdictKind.Wait, RolloutRules.Decide(Plan, At(Canary(5), observed: TimeSpan.FromDays(9)), Good with { Gateways = 0 }).Kind);
        Assert.Equal(RolloutVerdictKind.Wait, RolloutRules.Decide(Plan, At(Canary(5)) with { Observed = null }, Good).Kind);
    }

    [Fact]
    public void With_too_few_requests_it_goes_on_when_the_patience_is_over_if_those_broke_no_limit()
    {
        var few = Good with { GrainRequests = 50 };
        var late = At(Canary(5), observed: TimeSpan.FromMinutes(70));
        Assert.Equal(RolloutVerdictKind.Wait, RolloutRules.Decide(Plan, At(Canary(5), observed: TimeSpan.FromMinutes(69)), few).Kind);
        Assert.Equal(RolloutVerdictKind.GoOn, RolloutRules.Decide(Plan, late, few).Kind);
        Assert.Equal(RolloutVerdictKind.Wait, RolloutRules.Decide(Plan, late, few with { GrainErrors = 1 }).Kind);
    }

    [Fact]
    public void What_lags_or_is_not_moved_waits_and_is_rolled_back_when_the_patience_is_over()
    {
        foreach (var rest in new[] { Good with { Unmoved = 1 }, Good with { Lag = TimeSpan.FromSeconds(11) }, Good with { Unmoved = null } })
        {
            Assert.Equal(RolloutVerdictKind.Wait, RolloutRules.Decide(Plan, At(Canary(5)), rest).Kind);
            Assert.Equal(RolloutVerdictKind.RollBack, RolloutRules.Decide(Plan, At(Canary(5), observed: TimeSpan.FromMinutes(70)), rest).Kind);
        }
    }

    [Fact]
    public void Paused_or_not_announced_it_waits_whatever_the_figures_say()
    {
        var bad = Good with { GrainErrors = 1000 };
        Assert.Equal(RolloutVerdictKind.Wait, RolloutRules.Decide(Plan, At(Canary(5) with { IsPaused = true }), bad).Kind);
        Assert.Equal(RolloutVerdictKind.Wait, RolloutRules.Decide(Plan, At(Canary(5)) with { IsAnnounced = false }, bad).Kind);
    }

    /// <summary>Whatever comes, in whatever order: the driver's promises, checked on every decision.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Whatever_the_figures_its_promises_hold(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 5000; round++)
        {
            var plan = Plan with { MinRequests = random.Next(1, 300), Lists = random.Next(2) == 0, Limits = Plan.Limits with { ErrorPercent = random.Next(0, 20), Unmoved = random.Next(0, 3) } };
            var (at, seen) = (RandomPosition(random), RandomFigures(random));
            var verdict = RolloutRules.Decide(plan, at, seen);

            Assert.Equal(verdict, RolloutRules.Decide(plan, at, seen));
            Assert.InRange(verdict.Reason.Length, 1, OrderLimits.MaxReason);
            if (verdict.Kind is RolloutVerdictKind.GoOn or RolloutVerdictKind.Finished && at.Standing.Phase != CapabilityPhase.Monolith)
            {
                Assert.True(seen.Gateways > 0 && at.Observed >= plan.BakeTime && seen.Unmoved <= plan.Limits.Unmoved && seen.Lag <= plan.Limits.Lag, verdict.Reason);
                Assert.True(seen.GrainErrors * 100.0 <= plan.Limits.ErrorPercent * Math.Max(seen.GrainRequests, plan.MinRequests), verdict.Reason);
                Assert.False(at.Standing.IsPaused);
            }

            // Every order that it gives is one that the rules of orders take.
            if (verdict.Order is { } order)
            {
                var facts = OrderFacts.None with { OwnedByMonolith = 0, OwnedByGrains = 5 };
                Assert.Null(OrderRules.Decide("books", at.Standing, new CapabilityOrder(order.Kind, "a", "b", order.Percent, order.Lists, at.Standing.Epoch), facts).Refusal);
            }

            // More errors never turn a rollback into something else.
            if (verdict.Kind == RolloutVerdictKind.RollBack && seen.GrainErrors < seen.GrainRequests)
            {
                Assert.Equal(RolloutVerdictKind.RollBack, RolloutRules.Decide(plan, at, seen with { GrainErrors = seen.GrainErrors + 1 }).Kind);
            }

            var (done, total) = RolloutRules.ProgressOf(plan, at.Standing);
            Assert.InRange(done, 0, total);
        }
    }

    private static RolloutPosition At(CapabilityStanding standing, TimeSpan? observed = null) => new(standing, IsAnnounced: true, observed ?? TimeSpan.FromMinutes(10), BaselineP99: null);

    private static CapabilityStanding Canary(int percent) => new() { Phase = CapabilityPhase.Canary, Percent = percent, Epoch = 4 };

    private static RolloutPosition RandomPosition(Random random) => new(
        new CapabilityStanding
        {
            Phase = new[] { CapabilityPhase.Monolith, CapabilityPhase.Shadow, CapabilityPhase.Canary, CapabilityPhase.Grains }[random.Next(4)] is var phase ? phase : default,
            Epoch = random.Next(9),
            Percent = phase == CapabilityPhase.Canary ? random.Next(101) : 0,
            Lists = phase == CapabilityPhase.Grains ? (ListSide)random.Next(2) : ListSide.Monolith,
            IsPaused = phase != CapabilityPhase.Monolith && random.Next(8) == 0,
        },
        IsAnnounced: random.Next(8) != 0,
        Observed: random.Next(6) == 0 ? null : TimeSpan.FromMinutes(random.Next(90)),
        BaselineP99: random.Next(2) == 0 ? null : TimeSpan.FromMilliseconds(random.Next(200)));

    private static RolloutFigures RandomFigures(Random random)
    {
        var (grains, monolith, compared) = (random.Next(500), random.Next(500), random.Next(500));
        return new RolloutFigures(
            random.Next(3), grains, Few(grains), grains == 0 ? null : TimeSpan.FromMilliseconds(random.Next(400)), monolith, Few(monolith), monolith == 0 ? null : TimeSpan.FromMilliseconds(random.Next(400)),
            compared, Few(compared), TimeSpan.FromSeconds(random.Next(4) == 0 ? 20 : 0), random.Next(6) == 0 ? null : random.Next(4) == 0 ? random.Next(9) : 0);

        long Few(int of) => random.Next(3) == 0 ? random.Next(of + 1) : random.Next(Math.Min(of + 1, 3));
    }
}
