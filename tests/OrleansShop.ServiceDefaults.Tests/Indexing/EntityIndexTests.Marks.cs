using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Outbox;
using Xunit;

namespace OrleansShop.ServiceDefaults.Tests.Indexing;

/// <summary>What every table of outboxes' marks does.</summary>
public abstract partial class EntityIndexTests
{
    private static readonly EntityKey Visit = new("visit", 17);

    private IOutboxMarkTable Marks => Assert.IsType<IOutboxMarkTable>(Index, exactMatch: false);

    [Fact]
    public async Task A_mark_is_found_until_it_is_ended_by_its_token()
    {
        Assert.Null(await Marks.FindMarkAsync(Visit));
        Assert.Equal(new OutboxMark(5, 111), await Marks.MarkAsync(Visit, new OutboxMark(5, 111)));

        await Marks.EndMarkAsync(Visit, 222);
        Assert.Equal(new OutboxMark(5, 111), await Marks.FindMarkAsync(Visit));
        await Marks.EndMarkAsync(Visit, 111);
        Assert.Null(await Marks.FindMarkAsync(Visit));
        await Marks.EndMarkAsync(Visit, 111);
    }

    [Fact]
    public async Task A_new_mark_keeps_the_number_of_one_that_stands_and_takes_its_token_away()
    {
        await Marks.MarkAsync(Visit, new OutboxMark(5, 111));

        Assert.Equal(new OutboxMark(5, 222), await Marks.MarkAsync(Visit, new OutboxMark(8, 222)));

        await Marks.EndMarkAsync(Visit, 111);
        Assert.Equal(new OutboxMark(5, 222), await Marks.FindMarkAsync(Visit));
    }

    [Fact]
    public async Task Old_marks_are_listed_the_oldest_first_and_by_kind()
    {
        await Marks.MarkAsync(new EntityKey("visit", 9), new OutboxMark(1, 1));
        Time.Advance(TimeSpan.FromSeconds(10));
        await Marks.MarkAsync(new EntityKey("visit", -3), new OutboxMark(1, 2));
        await Marks.MarkAsync(new EntityKey("pet", 4), new OutboxMark(1, 3));
        Time.Advance(TimeSpan.FromSeconds(10));
        await Marks.MarkAsync(new EntityKey("visit", 1), new OutboxMark(1, 4));

        Assert.Equal([9, -3], await Marks.FindOldMarksAsync("visit", TimeSpan.FromSeconds(10), limit: 10));
        Assert.Equal([9], await Marks.FindOldMarksAsync("visit", TimeSpan.FromSeconds(10), limit: 1));
        Assert.Equal([4], await Marks.FindOldMarksAsync("pet", TimeSpan.Zero, limit: 10));
    }

    [Fact]
    public async Task Marks_of_outboxes_are_none_of_the_index_and_stay_when_it_is_cleared()
    {
        await Marks.MarkAsync(Visit, new OutboxMark(5, 111));
        Time.Advance(TimeSpan.FromDays(1));

        var page = await Index.QueryAsync(new IndexQuery("visit"));
        await Index.ClearAsync("visit");

        Assert.Equal((0, 0, 0), (page.Documents.Length, page.Total, page.StalePending.Length));
        Assert.Equal(new OutboxMark(5, 111), await Marks.FindMarkAsync(Visit));
    }

    [Fact]
    public async Task A_mark_outlives_the_process()
    {
        await Marks.MarkAsync(Visit, new OutboxMark(5, 111));
        var reopened = Assert.IsType<IOutboxMarkTable>(await OpenAsync(), exactMatch: false);

        Assert.Equal(new OutboxMark(5, 111), await reopened.FindMarkAsync(Visit));
    }
}
