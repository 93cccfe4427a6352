using OrleansShop.Strangler.Moving;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Phases.Orders;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.Strangler.Tests.Moving;

public sealed class SweepTests
{
    private const int Books = 300;

    [Fact]
    public async Task Entities_go_by_their_share_then_all_and_come_back()
    {
        await using var library = await MovingLibrary.StartAsync(Books);
        await library.AcceptedAsync(OrderKind.Shadow);
        await library.AcceptedAsync(OrderKind.Canary, percent: 30);
        var share = Enumerable.Range(1, Books).Count(id => EntityShare.Contains("book", $"{id}", 30));
        await library.UntilAsync(status => status.Moves is { Activity: MoveActivity.Settled } moves && moves.OwnedByGrains == share, "the share has moved");

        await library.AcceptedAsync(OrderKind.Promote);
        await library.UntilAsync(static status => status.Moves is { OwnedByMonolith: 0, OwnedByGrains: Books, Activity: MoveActivity.Settled }, "everything has moved");
        var moves = (await library.Capability.GetAsync()).Moves!;
        Assert.Equal((Books - share, Books - share, 0L, null), ((int)moves.Moved, (int)moves.Total, moves.Failures, moves.EstimatedEnd));
        await library.AcceptedAsync(OrderKind.Lists, lists: ListSide.Grains);
        await library.Book(7).SetAsync("Written by the grain");

        await library.AcceptedAsync(OrderKind.Rollback);
        await library.UntilAsync(static status => status.Phase == CapabilityPhase.Monolith, "everything was returned");

        Assert.Null(library.Monolith.Gate);
        Assert.Equal("Written by the grain", library.Monolith.Find("book", 7)!.Row.Text("title"));
        Assert.Equal("sweep", (await library.Capability.GetHistoryAsync())[^1].Order!.Order.Origin);
    }

    [Fact]
    public async Task The_grain_answers_and_takes_orders_while_entities_move_and_a_pause_leaves_the_rest()
    {
        await using var library = await MovingLibrary.StartAsync(Books);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        library.Monolith.BeforeMove = () => gate.Task;
        await library.AcceptedAsync(OrderKind.Shadow);
        await library.AcceptedAsync(OrderKind.Canary, percent: 100);
        await library.UntilAsync(static status => status.Moves is { Activity: MoveActivity.Sweeping, Total: Books }, "the sweep has begun");

        await library.AcceptedAsync(OrderKind.Pause);
        library.Monolith.BeforeMove = null;
        gate.SetResult();
        await library.UntilAsync(static status => status is { IsPaused: true, Moves.Activity: MoveActivity.Paused }, "the sweep stands still");
        var owned = library.Monolith.Counts.Grains;

        // Those that were on their way when the pause came.
        Assert.InRange(owned, 0, 64);
        await library.AcceptedAsync(OrderKind.Resume);
        await library.UntilAsync(static status => status.Moves is { OwnedByGrains: Books }, "the sweep went on");
    }

    [Fact]
    public async Task One_entity_that_cannot_be_moved_keeps_no_other_waiting_and_is_tried_again()
    {
        await using var library = await MovingLibrary.StartAsync(Books);
        library.Monolith.Fail("5");
        await library.AcceptedAsync(OrderKind.Shadow);
        await library.AcceptedAsync(OrderKind.Canary, percent: 100);

        await library.UntilAsync(static status => status.Moves is { OwnedByMonolith: 1, Failures: > 1 } moves && moves.LastError!.Contains("book 5", StringComparison.Ordinal), "all but one have moved");
        library.Monolith.Mend("5");

        await library.UntilAsync(static status => status.Moves is { OwnedByMonolith: 0, Activity: MoveActivity.Settled }, "the last one has moved");
    }

    [Fact]
    public async Task A_sweep_waits_for_a_bridge_that_is_away_and_goes_on()
    {
        await using var library = await MovingLibrary.StartAsync(Books);
        await library.AcceptedAsync(OrderKind.Shadow);
        await library.AcceptedAsync(OrderKind.Canary, percent: 10);
        var calls = 0;
        library.Monolith.BeforeMove = () =>
        {
            if (Interlocked.Increment(ref calls) == 20) library.Monolith.IsAway = true;
            return Task.CompletedTask;
        };
        await library.AcceptedAsync(OrderKind.Canary, percent: 100);
        await library.UntilAsync(static status => status.Moves is { Activity: MoveActivity.Waiting }, "the sweep waits");

        library.Monolith.IsAway = false;

        await library.UntilAsync(static status => status.Moves is { OwnedByGrains: Books, Activity: MoveActivity.Settled }, "the sweep went on");
    }

    [Fact]
    public async Task A_rollback_ends_though_the_removal_of_the_ledger_has_failed_before()
    {
        await using var library = await MovingLibrary.StartAsync(Books);
        await library.AcceptedAsync(OrderKind.Shadow);
        await library.AcceptedAsync(OrderKind.Canary, percent: 100);
        await library.UntilAsync(static status => status.Moves is { OwnedByGrains: Books, Activity: MoveActivity.Settled }, "the grains own everything");
        library.Monolith.LostRemovals = 2;

        await library.AcceptedAsync(OrderKind.Rollback);

        await library.UntilAsync(static status => status is { Phase: CapabilityPhase.Monolith, HasLedger: false }, "everything is the monolith's");
        Assert.Equal(0, library.Monolith.LostRemovals);
    }

    [Fact]
    public async Task A_sweep_survives_the_silo_that_it_ran_on()
    {
        await using var library = await MovingLibrary.StartAsync(Books, silos: 3);
        await library.AcceptedAsync(OrderKind.Shadow);
        var calls = 0;
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        library.Monolith.BeforeMove = () => Interlocked.Increment(ref calls) > 100 ? gate.Task : Task.CompletedTask;
        await library.AcceptedAsync(OrderKind.Canary, percent: 100);
        await Eventually.Holds(() => Volatile.Read(ref calls) > 100, "the sweep is in its midst");

        var cluster = library.Cluster;
        var silo = cluster.Silos.Single(silo => cluster.TryGetGrainContext(library.Capability.GetGrainId(), out var context) && silo.SiloAddress.Equals(context.Address.SiloAddress));
        await cluster.KillSiloAsync(silo);
        library.Monolith.BeforeMove = null;
        gate.SetResult();

        // Nobody asks the capability's grain: the processes that are left keep it alive.
        await Eventually.Holds(() => library.Monolith.Counts is { Monolith: 0, Grains: Books }, "the sweep went on elsewhere");
        Assert.Equal((CapabilityPhase.Canary, 2L), ((await library.Capability.GetAsync()).Phase, (await library.Capability.GetAsync()).Epoch));
    }
}
