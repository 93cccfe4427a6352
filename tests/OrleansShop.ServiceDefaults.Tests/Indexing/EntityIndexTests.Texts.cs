using System.Text;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Keys;
using OrleansShop.Strangler.Outbox;
using Xunit;

namespace OrleansShop.ServiceDefaults.Tests.Indexing;

/// <content>Entities whose ids are texts.</content>
public abstract partial class EntityIndexTests
{
    [Fact]
    public async Task Texts_that_look_like_one_number_are_different_entities()
    {
        await StockAsync("7", "007", "7.0");

        Assert.Equal(["007", "7", "7.0"], await FindAsync(new IndexQuery("article")));
        Assert.Equal(["007"], await FindAsync(new IndexQuery("article", "sku", ["007"])));
    }

    [Fact]
    public async Task Texts_are_listed_by_their_code_points_and_in_pages()
    {
        await StockAsync("b", "😀", "B", "a~", "\uffee", "a", "aa");

        Assert.Equal(["B", "a", "aa", "a~", "b", "\uffee", "😀"], await FindAsync(new IndexQuery("article")));
        Assert.Equal(["a~", "b"], await FindAsync(new IndexQuery("article", Limit: 2, After: KeyType.Text.Read("aa"))));
        Assert.Equal(["b", "\uffee", "😀"], await FindAsync(new IndexQuery("article", "all", ["x"], After: KeyType.Text.Read("a~"))));
        Assert.Empty(await FindAsync(new IndexQuery("article", After: KeyType.Text.Read("😀"))));
    }

    [Fact]
    public async Task The_longest_id_with_the_longest_value_is_found()
    {
        var id = new string('あ', KeyTypes.MaxLength);
        var value = new string('い', 2000);
        await Index.CommitAsync([new IndexEntry(Article(id), 1, Encoding.UTF8.GetBytes("long"), [new IndexTerm("name", value)])]);

        Assert.Equal(["long"], await FindAsync(new IndexQuery("article", "name", [value])));
        Assert.Equal([KeyType.Text.Read(id)], (await Index.QueryAsync(new IndexQuery("article", "name", Prefix: "いい"))).Documents.Select(static document => document.Id));
    }

    [Fact]
    public async Task Marks_of_texts_are_found_by_their_ids()
    {
        await Index.MarkPendingAsync(Article("007"));
        await Marks.MarkAsync(Article("007"), new OutboxMark(1, 5));

        Assert.Equal([KeyType.Text.Read("007")], (await Index.QueryAsync(new IndexQuery("article", PendingFor: TimeSpan.Zero))).StalePending);
        Assert.Equal([KeyType.Text.Read("007")], await Marks.FindOldMarksAsync("article", TimeSpan.Zero, limit: 10));
        Assert.Null(await Marks.FindMarkAsync(Article("7")));

        await Index.CommitAsync([new IndexEntry(Article("007"), 1, Document: null, [])]);
        await Marks.EndMarkAsync(Article("007"), 5);

        Assert.Empty((await Index.QueryAsync(new IndexQuery("article", PendingFor: TimeSpan.Zero))).StalePending);
        Assert.Null(await Marks.FindMarkAsync(Article("007")));
    }

    private static EntityKey Article(string id) => new("article", KeyType.Text.Read(id));

    private Task StockAsync(params string[] ids) => Index.CommitAsync(
        [.. ids.Select(static id => new IndexEntry(Article(id), 1, Encoding.UTF8.GetBytes(id), [new IndexTerm("sku", id), new IndexTerm("all", "x")]))]);
}
