using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Phases.Orders;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.Strangler.Tests.Moving;

public sealed class ShadowTests
{
    [Fact]
    public async Task Copies_are_filled_follow_the_monolith_and_own_nothing()
    {
        await using var library = await MovingLibrary.StartAsync(books: 250);

        await library.AcceptedAsync(OrderKind.Shadow);
        await library.UntilAsync(static status => status.Moves?.Shadow is { IsFilled: true, Copied: 250 }, "the copies are filled");
        Assert.Equal("Title 250", await library.Book(250).GetCopyAsync());
        library.Monolith.Write(BookMapping.RowsOf(3, "Written by the monolith"));
        library.Monolith.Write(BookMapping.RowsOf(251, "New"));

        await Eventually.Holds(async () => await library.Book(3).GetCopyAsync() == "Written by the monolith" && await library.Book(251).GetCopyAsync() == "New", "the copies follow");
        await library.UntilAsync(static status => status.Moves?.Shadow is { ChangesWaiting: 0 }, "nothing waits");
        Assert.Equal(0, library.Monolith.Counts.Grains);
    }

    [Fact]
    public async Task Copies_follow_what_was_changed_while_the_bridge_was_away()
    {
        await using var library = await MovingLibrary.StartAsync(books: 5);
        await library.AcceptedAsync(OrderKind.Shadow);
        await library.UntilAsync(static status => status.Moves?.Shadow is { IsFilled: true }, "the copies are filled");
        library.Monolith.IsAway = true;
        await library.UntilAsync(static status => status.Moves is { Failures: > 0 }, "the bridge is missed");
        library.Monolith.Write(BookMapping.RowsOf(3, "Written meanwhile"));

        library.Monolith.IsAway = false;

        await Eventually.Holds(async () => await library.Book(3).GetCopyAsync() == "Written meanwhile", "the copy follows");
        Assert.Equal(CapabilityPhase.Shadow, (await library.Capability.GetAsync()).Phase);
    }
}
