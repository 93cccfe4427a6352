using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Phases.Orders;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.Strangler.Tests.Moving;

public sealed class LagTests
{
    [Fact]
    public async Task While_the_bridge_is_away_changes_are_acknowledged_and_the_monolith_gets_the_newest_when_it_is_back()
    {
        await using var library = await StartAsync(mayLag: true);
        await library.Book(1).SetAsync("first");
        Assert.Equal("first", TitleAtMonolith(library, 1));
        library.Monolith.IsAway = true;

        await library.Book(1).SetAsync("second");
        await library.Book(1).SetAsync("third");

        Assert.Equal("third", await library.Book(1).GetAsync());
        Assert.Equal("first", TitleAtMonolith(library, 1));
        await library.UntilAsync(static status => status.Moves is { Behind: { Entities: 1, LastError: not null } }, "the status shows what lags, and why");
        library.Monolith.IsAway = false;
        await library.UntilAsync(static status => status.Moves is { Behind: { Entities: 0, LastError: null } }, "nothing lags any more");
        Assert.Equal("third", TitleAtMonolith(library, 1));
        await library.Book(1).SetAsync("fourth");
        Assert.Equal("fourth", TitleAtMonolith(library, 1));
    }

    [Theory]
    [InlineData(OrderKind.Rollback, null)]
    [InlineData(OrderKind.Canary, 50)]
    public async Task No_order_leads_back_while_something_lags(OrderKind kind, int? percent)
    {
        await using var library = await StartAsync(mayLag: true);
        library.Monolith.IsAway = true;
        await library.Book(1).SetAsync("second");

        var refused = await library.OrderAsync(kind, percent);

        Assert.Equal(OrderResult.Refused, refused.Result);
        Assert.Contains("1 entities of books lack writes that were acknowledged", refused.Detail, StringComparison.Ordinal);
        Assert.Equal(CapabilityPhase.Grains, refused.Status.Phase);
        library.Monolith.IsAway = false;
        await Eventually.Holds(async () => (await library.OrderAsync(OrderKind.Rollback)).Result == OrderResult.Accepted, "nothing lags any more, and the order is taken");
        await library.UntilAsync(static status => status.Phase == CapabilityPhase.Monolith, "everything was returned");
        Assert.Equal("second", TitleAtMonolith(library, 1));
    }

    [Fact]
    public async Task What_was_acknowledged_outlives_its_activation()
    {
        await using var library = await StartAsync(mayLag: true);
        library.Monolith.IsAway = true;
        await library.Book(2).SetAsync("second");
        await library.Book(2).EndActivationAsync();

        // Who owns the book is not known until the ledger answers.
        await Assert.ThrowsAsync<BridgeUnavailableException>(library.Book(2).GetAsync);
        library.Monolith.IsAway = false;

        Assert.Equal("second", await library.Book(2).GetAsync());
        await Eventually.Holds(() => TitleAtMonolith(library, 2) == "second", "the monolith has it");
    }

    [Fact]
    public async Task Deletions_wait_for_the_monolith_and_so_does_the_return_of_what_lags()
    {
        await using var library = await StartAsync(mayLag: true);
        library.Monolith.IsAway = true;
        await library.Book(3).SetAsync("second");

        await Assert.ThrowsAsync<BridgeUnavailableException>(library.Book(3).DeleteAsync);

        Assert.Equal("second", await library.Book(3).GetAsync());
        await Assert.ThrowsAsync<BridgeUnavailableException>(() => library.Book(3).PlaceAsync());
        library.Monolith.IsAway = false;
        await library.Book(3).DeleteAsync();
        Assert.Null(await library.Book(3).GetAsync());
        Assert.Null(library.Monolith.Find("book", 3));
    }

    [Fact]
    public async Task Without_lag_nothing_is_acknowledged_that_the_monolith_does_not_have()
    {
        await using var library = await StartAsync(mayLag: false);
        library.Monolith.IsAway = true;

        await Assert.ThrowsAsync<BridgeUnavailableException>(() => library.Book(1).SetAsync("second"));

        Assert.Null((await library.Capability.GetAsync()).Moves!.Behind);
    }

    /// <summary>Three books, all of them the grains', and known to them.</summary>
    private static async Task<MovingLibrary> StartAsync(bool mayLag)
    {
        var library = await MovingLibrary.StartAsync(books: 3, mayLag: mayLag);
        await library.AcceptedAsync(OrderKind.Shadow);
        await library.AcceptedAsync(OrderKind.Canary, percent: 100);
        await library.AcceptedAsync(OrderKind.Promote);
        await library.UntilAsync(static status => status is { IsAnnounced: true, Moves: { OwnedByMonolith: 0, OwnedByGrains: 3 } }, "everything has moved");
        for (var id = 1; id <= 3; id++)
        {
            var book = library.Book(id);
            Assert.Equal(EntityOwner.Grains, await book.PlaceAsync());
            await Eventually.Holds(async () => await book.GetAsync() is not null, "the book is served");
        }

        return library;
    }

    private static string TitleAtMonolith(MovingLibrary library, long id) => library.Monolith.Find("book", id)!.Row.Text("title");
}
