using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Strangler.Moving;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Phases.Orders;
using OrleansShop.Strangler.Rows;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.Strangler.Tests.Moving;

public sealed class VerificationTests
{
    private static readonly EntityRows Rows = new("book", "1", 0, Row.Of(("id", 1), ("title", "A"), ("shelf", 7)));

    [Fact]
    public async Task It_finds_what_differs_and_nothing_while_both_sides_write()
    {
        await using var library = await MovingLibrary.StartAsync(books: 200);
        await library.AcceptedAsync(OrderKind.Shadow);
        await library.AcceptedAsync(OrderKind.Canary, percent: 50);
        var share = Enumerable.Range(1, 200).Where(id => EntityShare.Contains("book", $"{id}", 50)).ToList();
        await library.UntilAsync(status => status.Moves?.OwnedByGrains == share.Count, "the share has moved");
        var verification = library.Cluster.Silos[0].ServiceProvider.GetRequiredKeyedService<Verification>("books");

        Assert.True(verification.Start());
        foreach (var id in share.Take(20)) await library.Book(id).SetAsync("Written meanwhile");
        await Eventually.Holds(() => verification.Report is { IsRunning: false }, "everything is compared");
        Assert.Equal((true, 200L, (long)share.Count, 0L, null), (verification.Report!.IsComplete, verification.Report.Compared, verification.Report.OwnedByGrains, verification.Report.Differences, verification.Report.Fault));

        library.Monolith.Corrupt(BookMapping.RowsOf(share[3], "Written past everybody"));
        Assert.True(verification.Start());
        await Eventually.Holds(() => verification.Report is { IsRunning: false }, "everything is compared once more");

        Assert.Equal(new EntityDifference("book", $"{share[3]}", "Columns: title."), Assert.Single(verification.Report!.FirstDifferences));
    }

    [Fact]
    public void Columns_that_the_grain_does_not_have_are_not_compared() =>
        Assert.Null(RowComparison.Difference(EntityOwner.Grains, Rows, new EntityRows("book", "1", 9, Row.Of(("id", 1), ("title", "A")))));

    [Fact]
    public void Each_way_to_differ_is_told()
    {
        var children = new Dictionary<string, IReadOnlyList<Row>> { ["authors"] = [Row.Of(("name", "X"))] };

        Assert.Equal("Columns: title.", RowComparison.Difference(EntityOwner.Grains, Rows, Rows with { Row = Row.Of(("id", 1), ("title", "B")) }));
        Assert.Equal("Rows in: authors.", RowComparison.Difference(EntityOwner.Grains, Rows with { Children = children }, Rows));
        Assert.Null(RowComparison.Difference(EntityOwner.Grains, Rows with { Children = children }, Rows with { Children = children }));
        Assert.Contains("monolith has no rows", RowComparison.Difference(EntityOwner.Grains, monolith: null, Rows), StringComparison.Ordinal);
        Assert.Contains("grain does not have", RowComparison.Difference(EntityOwner.Grains, Rows, grain: null), StringComparison.Ordinal);
        Assert.Contains("takes itself for the owner", RowComparison.Difference(EntityOwner.Monolith, Rows, Rows), StringComparison.Ordinal);
        Assert.Null(RowComparison.Difference(EntityOwner.Monolith, Rows, grain: null));
    }
}
