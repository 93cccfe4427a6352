using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Phases.Orders;
using OrleansShop.Strangler.Rollout;
using OrleansShop.Strangler.Tests.Moving;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.Strangler.Tests.Rollout;

/// <summary>A rollout of the library's books: real grains, ledger and sweep, gateways that say what the test wants.</summary>
public sealed class RolloutTests
{
    private const int Books = 200;

    [Fact]
    public async Task It_goes_from_step_to_step_to_the_end_and_every_order_says_the_numbers_it_was_given_on()
    {
        await using var library = await MovingLibrary.StartAsync(Books);
        await using var gateways = new FakeGateways(library.Capability);

        var started = await library.Capability.StartRolloutAsync(new RolloutOrder("ada", "10.0.0.1", ExpectedEpoch: 0, "It is time."));
        Assert.Equal((null, RolloutOutcome.Running), (started.Refusal, started.Status!.Outcome));
        await EndsAsync(library, RolloutOutcome.Finished);

        var status = await library.Capability.GetAsync();
        Assert.Equal((CapabilityPhase.Grains, ListSide.Grains, 6L), (status.Phase, status.Lists, status.Epoch));
        Assert.Equal((0, Books), ((int)library.Monolith.Counts.Monolith, (int)library.Monolith.Counts.Grains));
        var history = await library.Capability.GetHistoryAsync();
        Assert.Equal(
            ["Rollout", "Shadow", "Canary 10", "Canary 50", "Canary 100", "Promote", "Lists", "Rollout"],
            history.Select(static entry => $"{entry.Order.Order.Kind} {entry.Order.Order.Percent}".Trim()));
        Assert.Equal(("ada", "10.0.0.1", "Started. It is time."), (history[0].Order.Order.By, history[0].Order.Order.Origin, history[0].Order.Order.Reason));
        Assert.All(history.Skip(1), static entry => Assert.Equal(("ada", "rollout"), (entry.Order.Order.By, entry.Order.Order.Origin)));
        Assert.StartsWith("Finished. ", history[^1].Order.Order.Reason, StringComparison.Ordinal);
        Assert.Contains("requests, 0 failed, p99", history[^2].Order.Order.Reason, StringComparison.Ordinal);
        var rollout = (await library.Capability.GetRolloutAsync())!;
        Assert.Equal((7, null, 6, 6), (rollout.Decisions.Length, rollout.Now, rollout.StepsDone, rollout.StepsTotal));
        Assert.All(rollout.Decisions.Skip(2), static decision => Assert.Equal((true, 0L, true), (decision.Figures.Gateways is 1 or 2, decision.Figures.GrainErrors, decision.Figures.GrainRequests >= 20)));
    }

    [Fact]
    public async Task Errors_roll_it_back_by_itself_and_nothing_is_lost()
    {
        await using var library = await MovingLibrary.StartAsync(Books);
        await using var gateways = new FakeGateways(library.Capability);
        gateways.Fails = static status => status.Percent >= 50;
        await library.Capability.StartRolloutAsync(new RolloutOrder("ada", "here"));
        await library.UntilAsync(static status => status is { Phase: CapabilityPhase.Canary, Percent: >= 10 }, "the canary has begun");
        await library.Book(7).SetAsync("Written meanwhile");

        await EndsAsync(library, RolloutOutcome.RolledBack);

        var status = await library.Capability.GetAsync();
        Assert.Equal((CapabilityPhase.Monolith, false), (status.Phase, status.HasLedger));
        Assert.Equal("Written meanwhile", library.Monolith.Find("book", 7)!.Row.Text("title"));
        var rollout = (await library.Capability.GetRolloutAsync())!;
        Assert.Contains("requests to the grains failed, the limit is 1 %", rollout.Detail, StringComparison.Ordinal);
        Assert.Equal((RolloutVerdictKind.RollBack, 50), (rollout.Decisions[^1].Kind, rollout.Decisions[^1].Percent));
        Assert.True(rollout.Decisions[^1].Figures.GrainErrors > 0);
        var order = (await library.Capability.GetHistoryAsync())[^2].Order.Order;
        Assert.Equal((OrderKind.Rollback, "rollout", rollout.Detail), (order.Kind, order.Origin, order.Reason));
    }

    [Fact]
    public async Task Slow_grains_roll_it_back_and_so_do_answers_that_differ_in_shadow()
    {
        await using var library = await MovingLibrary.StartAsync(books: 20);
        await using var gateways = new FakeGateways(library.Capability);
        gateways.Latency = static status => TimeSpan.FromMilliseconds(status.Phase == CapabilityPhase.Canary ? 500 : 10);
        await library.Capability.StartRolloutAsync(new RolloutOrder("ada", "here"));
        await EndsAsync(library, RolloutOutcome.RolledBack);
        Assert.Contains("The p99 of the grains is", (await library.Capability.GetRolloutAsync())!.Detail, StringComparison.Ordinal);

        gateways.Latency = static _ => TimeSpan.FromMilliseconds(10);
        gateways.Differs = static status => status.Phase == CapabilityPhase.Shadow;
        Assert.Null((await library.Capability.StartRolloutAsync(new RolloutOrder("ada", "here"))).Refusal);
        await EndsAsync(library, RolloutOutcome.RolledBack);

        Assert.Contains("compared answers differ", (await library.Capability.GetRolloutAsync())!.Detail, StringComparison.Ordinal);
        Assert.Equal(CapabilityPhase.Monolith, (await library.Capability.GetAsync()).Phase);
    }

    [Fact]
    public async Task Without_figures_it_stands_still_and_an_operators_order_ends_it()
    {
        await using var library = await MovingLibrary.StartAsync(books: 20);
        await using var gateways = new FakeGateways(library.Capability) { IsSilent = static _ => true };
        await library.Capability.StartRolloutAsync(new RolloutOrder("ada", "here"));
        await Eventually.Holds(async () => (await library.Capability.GetRolloutAsync())!.Now?.Reason == "No gateway tells its figures of this step.", "it waits for figures");
        var epoch = (await library.Capability.GetAsync()).Epoch;

        Assert.Contains("under way", (await library.Capability.StartRolloutAsync(new RolloutOrder("bob", "there"))).Refusal, StringComparison.Ordinal);
        Assert.Equal(epoch, (await library.Capability.GetAsync()).Epoch);
        await library.AcceptedAsync(OrderKind.Canary, percent: 3);

        var rollout = (await library.Capability.GetRolloutAsync())!;
        Assert.Equal((RolloutOutcome.Overtaken, "jo (10.0.0.1) ordered canary."), (rollout.Outcome, rollout.Detail));
        gateways.IsSilent = static _ => false;
        Assert.Equal(3, (await library.Capability.GetAsync()).Percent);
        Assert.Contains("No rollout", (await library.Capability.StopRolloutAsync(new RolloutOrder("bob", "there"))).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pause_holds_it_and_a_stop_leaves_the_capability_where_it_is()
    {
        await using var library = await MovingLibrary.StartAsync(books: 20);
        await using var gateways = new FakeGateways(library.Capability) { IsSilent = static _ => true };
        await library.Capability.StartRolloutAsync(new RolloutOrder("ada", "here"));
        await library.UntilAsync(static status => status.Phase == CapabilityPhase.Shadow, "it has begun");
        await library.AcceptedAsync(OrderKind.Pause);
        gateways.IsSilent = static status => status.Phase == CapabilityPhase.Canary;
        await Eventually.Holds(async () => (await library.Capability.GetRolloutAsync())!.Now?.Reason == "It is paused.", "it is paused");
        Assert.Contains("epoch", (await library.Capability.StopRolloutAsync(new RolloutOrder("ada", "here", ExpectedEpoch: 77))).Refusal, StringComparison.Ordinal);

        await library.AcceptedAsync(OrderKind.Resume);
        await library.UntilAsync(static status => status.Phase == CapabilityPhase.Canary, "it went on");
        var stopped = await library.Capability.StopRolloutAsync(new RolloutOrder("bob", "there", Reason: "Enough."));

        Assert.Equal((RolloutOutcome.Stopped, "Enough."), (stopped.Status!.Outcome, stopped.Status.Detail));
        var order = (await library.Capability.GetHistoryAsync())[^1].Order.Order;
        Assert.Equal((OrderKind.Rollout, "Stopped. Enough.", "bob"), (order.Kind, order.Reason, order.By));
    }

    [Fact]
    public async Task It_survives_the_silo_that_it_ran_on()
    {
        await using var library = await MovingLibrary.StartAsync(Books, silos: 3);
        await using var gateways = new FakeGateways(library.Capability) { IsSilent = static _ => true };
        await library.Capability.StartRolloutAsync(new RolloutOrder("ada", "here"));
        await library.UntilAsync(static status => status.Phase == CapabilityPhase.Shadow, "it has begun");

        var cluster = library.Cluster;
        var silo = cluster.Silos.Single(silo => cluster.TryGetGrainContext(library.Capability.GetGrainId(), out var context) && silo.SiloAddress.Equals(context.Address.SiloAddress));
        await cluster.KillSiloAsync(silo);
        gateways.IsSilent = static _ => false;

        await EndsAsync(library, RolloutOutcome.Finished);
        Assert.Equal(Books, library.Monolith.Counts.Grains);
    }

    [Fact]
    public async Task A_rollback_that_the_bridge_does_not_take_is_given_again_though_the_figures_are_good_by_then()
    {
        await using var library = await MovingLibrary.StartAsync(books: 20);
        await using var gateways = new FakeGateways(library.Capability);
        gateways.Fails = status =>
        {
            if (status is not { Percent: >= 50, IsAnnounced: true }) return false;
            library.Monolith.IsAway = true;
            return true;
        };
        await library.Capability.StartRolloutAsync(new RolloutOrder("ada", "here"));
        await Eventually.Holds(async () => (await library.Capability.GetRolloutAsync()) is { Outcome: RolloutOutcome.RollingBack, Now.Reason: var reason } && reason.Contains("bridge does not answer", StringComparison.Ordinal), "the bridge is asked");
        gateways.Fails = static _ => false;

        library.Monolith.IsAway = false;

        await EndsAsync(library, RolloutOutcome.RolledBack);
        Assert.Equal(CapabilityPhase.Monolith, (await library.Capability.GetAsync()).Phase);
    }

    private static Task EndsAsync(MovingLibrary library, RolloutOutcome outcome) => Eventually.Holds(
        async () => await library.Capability.GetRolloutAsync() is { EndedAt: not null } rollout && (rollout.Outcome == outcome ? true : throw new InvalidOperationException($"{rollout.Outcome}: {rollout.Detail}")),
        $"the rollout has ended: {outcome}");
}
