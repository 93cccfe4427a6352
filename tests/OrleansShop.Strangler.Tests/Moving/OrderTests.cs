using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Moving;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Phases.Orders;
using Xunit;

namespace OrleansShop.Strangler.Tests.Moving;

public sealed class OrderTests
{
    [Fact]
    public async Task An_order_is_stored_announced_and_kept_with_what_it_was_decided_on()
    {
        await using var library = await MovingLibrary.StartAsync(books: 3);

        var shadow = await library.AcceptedAsync(OrderKind.Shadow);
        var canary = await library.AcceptedAsync(OrderKind.Canary, percent: 5);

        Assert.Equal((CapabilityPhase.Shadow, 1L, true, true), (shadow.Phase, shadow.Epoch, shadow.HasLedger, shadow.IsAnnounced));
        Assert.Equal((CapabilityPhase.Canary, 2L, 5, "jo"), (canary.Phase, canary.Epoch, canary.Percent, canary.By));
        Assert.Equal(new CapabilityAnnouncement("books", Epoch: 2, Fence: true, Takes: true, Feeds: true), library.Monolith.Gate);
        var last = (await library.Capability.GetHistoryAsync())[^1];
        Assert.Equal((CapabilityPhase.Shadow, CapabilityPhase.Canary, "jo", "A test."), (last.From, last.Target, last.Order.Order.By, last.Order.Order.Reason));
        Assert.Equal((OrderKind.Canary, "10.0.0.1", 5, 2L, 3L, 0L), (last.Order.Order.Kind, last.Order.Order.Origin, last.Order.Standing.Percent, last.Order.Standing.Epoch, last.Order.OwnedByMonolith, last.Order.OwnedByGrains));
    }

    [Fact]
    public async Task An_order_while_the_bridge_is_away_changes_nothing()
    {
        await using var library = await MovingLibrary.StartAsync(books: 3);
        library.Monolith.IsAway = true;

        var answer = await library.OrderAsync(OrderKind.Shadow);

        Assert.Equal((OrderResult.Unavailable, CapabilityPhase.Monolith, 0L), (answer.Result, answer.Status.Phase, answer.Status.Epoch));
        Assert.NotNull(answer.RetryAfter);
        Assert.Empty(await library.Capability.GetHistoryAsync());
        library.Monolith.IsAway = false;
        await library.AcceptedAsync(OrderKind.Shadow);
    }

    [Fact]
    public async Task Of_two_operators_with_the_same_sight_one_is_refused()
    {
        await using var library = await MovingLibrary.StartAsync(books: 3);
        await library.AcceptedAsync(OrderKind.Shadow);

        var answers = await Task.WhenAll(library.OrderAsync(OrderKind.Canary, percent: 5, epoch: 1), library.OrderAsync(OrderKind.Canary, percent: 50, epoch: 1));

        Assert.Equal([OrderResult.Accepted, OrderResult.Refused], answers.Select(answer => answer.Result).Order());
        Assert.Contains("changed meanwhile", answers.Single(answer => answer.Result == OrderResult.Refused).Detail, StringComparison.Ordinal);
        Assert.Equal(2, (await library.Capability.GetAsync()).Epoch);
    }

    [Fact]
    public async Task A_retired_capability_closes_the_monoliths_tables_and_takes_no_order_that_leads_back()
    {
        await using var library = await MovingLibrary.StartAsync(books: 3);
        await library.AcceptedAsync(OrderKind.Shadow);
        await library.AcceptedAsync(OrderKind.Canary, percent: 100);
        await library.AcceptedAsync(OrderKind.Promote);
        await library.UntilAsync(_ => library.Monolith.Counts.Monolith == 0, "the grains own every book");
        await library.AcceptedAsync(OrderKind.Lists, lists: ListSide.Grains);

        var tooSoon = await library.OrderAsync(OrderKind.Retire);
        library.Loans = library.Loans with { Phase = CapabilityPhase.Retired };
        var unconfirmed = await library.OrderAsync(OrderKind.Retire);
        var answer = await library.Capability.OrderAsync(new CapabilityOrder(OrderKind.Retire, "jo", "10.0.0.1", Confirmation: "books"));

        Assert.Contains("loans is in the phase Monolith", tooSoon.Detail, StringComparison.Ordinal);
        Assert.Contains("Confirm by the name", unconfirmed.Detail, StringComparison.Ordinal);
        Assert.True(answer.Result == OrderResult.Accepted, answer.Detail);
        Assert.Equal((CapabilityPhase.Retired, 5L, true), (answer.Status.Phase, answer.Status.Epoch, answer.Status.IsAnnounced));
        Assert.Equal(new CapabilityAnnouncement("books", Epoch: 5, Fence: true, Takes: true, Feeds: false, Closed: true), library.Monolith.Gate);
        Assert.Throws<InvalidOperationException>(() => library.Monolith.Write(BookMapping.RowsOf(9, "new")));
        var last = (await library.Capability.GetHistoryAsync())[^1];
        Assert.Equal((CapabilityPhase.Grains, CapabilityPhase.Retired, OrderKind.Retire), (last.From, last.Target, last.Order.Order.Kind));
        await library.UntilAsync(static status => status.Moves is { Activity: MoveActivity.Settled }, "the sweep has nothing to do");

        foreach (var kind in new[] { OrderKind.Shadow, OrderKind.Promote, OrderKind.Rollback, OrderKind.Pause, OrderKind.Resume })
        {
            var refused = await library.OrderAsync(kind);
            Assert.Equal((kind, OrderResult.Refused), (kind, refused.Result));
            Assert.Contains("etired", refused.Detail, StringComparison.Ordinal);
        }

        Assert.Equal(OrderResult.Refused, (await library.OrderAsync(OrderKind.Canary, percent: 5)).Result);
        Assert.Equal(OrderResult.Refused, (await library.OrderAsync(OrderKind.Lists, lists: ListSide.Monolith)).Result);
        Assert.Equal(5, (await library.Capability.GetAsync()).Epoch);
    }

    [Theory]
    [InlineData("", "here", null)]
    [InlineData("jo", "", null)]
    [InlineData("jo", "here", -1L)]
    public async Task An_order_of_the_wrong_form_is_refused(string by, string origin, long? epoch)
    {
        await using var library = await MovingLibrary.StartAsync();

        var answer = await library.Capability.OrderAsync(new CapabilityOrder(OrderKind.Shadow, by, origin, ExpectedEpoch: epoch));

        Assert.Equal(OrderResult.Refused, answer.Result);
        Assert.Equal(0, (await library.Capability.GetAsync()).Epoch);
    }

    [Fact]
    public async Task A_capability_that_went_to_shadow_goes_back_at_once_and_leaves_no_ledger()
    {
        await using var library = await MovingLibrary.StartAsync(books: 3);
        await library.AcceptedAsync(OrderKind.Shadow);

        var status = await library.AcceptedAsync(OrderKind.Rollback);

        Assert.Equal((CapabilityPhase.Monolith, 2L, false), (status.Phase, status.Epoch, status.HasLedger));
        Assert.Null(library.Monolith.Gate);
    }
}
