using System.Text;
using OrleansShop.ServiceDefaults.Indexing;
using OrleansShop.Strangler.Index;
using OrleansShop.Testing.Time;
using Xunit;

namespace OrleansShop.ServiceDefaults.Tests.Indexing;

public sealed class SqliteEntityIndexTests : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("entity-index-");
    private readonly ManualTimeProvider _time = new();
    private SqliteEntityIndex _index;

    public SqliteEntityIndexTests() => _index = Open();

    [Fact]
    public async Task A_committed_entry_is_found_by_each_of_its_terms()
    {
        await CommitAsync(7, version: 1, "Davis", ("last-name", "davis"), ("city", "windsor"));

        Assert.Equal(["Davis"], await FindAsync(new IndexQuery("owner", "last-name", ["davis"])));
        Assert.Equal(["Davis"], await FindAsync(new IndexQuery("owner", "city", ["madison", "windsor"])));
        Assert.Empty(await FindAsync(new IndexQuery("owner", "last-name", ["windsor"])));
        Assert.Empty(await FindAsync(new IndexQuery("pet", "last-name", ["davis"])));
    }

    [Theory]
    [InlineData("da", "1 2")]
    [InlineData("dav", "1")]
    [InlineData("", "1 2 3 4")]
    [InlineData("d%", "")]
    [InlineData("é", "4")]
    public async Task A_prefix_selects_the_values_that_start_with_it(string prefix, string expected)
    {
        await CommitAsync(1, 1, "1", ("last-name", "davis"));
        await CommitAsync(2, 1, "2", ("last-name", "danvers"));
        await CommitAsync(3, 1, "3", ("last-name", "estaban"));
        await CommitAsync(4, 1, "4", ("last-name", "école"));

        Assert.Equal(expected, string.Join(' ', await FindAsync(new IndexQuery("owner", "last-name", Prefix: prefix))));
    }

    [Fact]
    public async Task A_page_is_ordered_by_id_and_counts_all()
    {
        foreach (var id in Enumerable.Range(1, 25).Reverse())
        {
            await CommitAsync(id, 1, $"{id}", ("all", "x"));
        }

        var page = await _index.QueryAsync(new IndexQuery("owner", "all", ["x"], Offset: 20, Limit: 10));

        Assert.Equal(25, page.Total);
        Assert.Equal([21, 22, 23, 24, 25], page.Documents.Select(document => document.Id));
    }

    [Fact]
    public async Task A_new_version_replaces_the_terms_of_the_old_one()
    {
        await CommitAsync(1, 1, "Franklin", ("last-name", "franklin"));
        await CommitAsync(1, 2, "Black", ("last-name", "black"));

        Assert.Empty(await FindAsync(new IndexQuery("owner", "last-name", ["franklin"])));
        Assert.Equal(["Black"], await FindAsync(new IndexQuery("owner", "last-name", ["black"])));
    }

    [Fact]
    public async Task A_late_writer_does_not_undo_a_newer_version()
    {
        await CommitAsync(1, 5, "new", ("last-name", "new"));
        await CommitAsync(1, 4, "old", ("last-name", "old"));
        await _index.CommitAsync([new IndexEntry(new EntityKey("owner", 1), 3, null, [])]);

        Assert.Equal(["new"], await FindAsync(new IndexQuery("owner")));
    }

    [Fact]
    public async Task A_deleted_entity_is_found_by_nothing()
    {
        await CommitAsync(1, 1, "gone", ("last-name", "gone"));
        await _index.CommitAsync([new IndexEntry(new EntityKey("owner", 1), 2, null, [])]);

        Assert.Empty(await FindAsync(new IndexQuery("owner")));
        Assert.Empty(await FindAsync(new IndexQuery("owner", "last-name", Prefix: "")));
    }

    [Fact]
    public async Task A_mark_changes_nothing_that_is_found_until_the_commit()
    {
        await CommitAsync(1, 1, "old", ("last-name", "old"));
        await _index.MarkPendingAsync(new EntityKey("owner", 1));
        await _index.MarkPendingAsync(new EntityKey("owner", 2));

        Assert.Equal(["old"], await FindAsync(new IndexQuery("owner")));
    }

    [Fact]
    public async Task A_mark_whose_writer_died_is_reported_after_a_restart_until_it_is_committed()
    {
        await CommitAsync(1, 1, "old", ("last-name", "old"));
        await _index.MarkPendingAsync(new EntityKey("owner", 1));
        await _index.DisposeAsync();
        _index = Open();

        Assert.Empty((await _index.QueryAsync(new IndexQuery("owner"))).StalePending);
        _time.Advance(SqliteEntityIndex.PendingTimeout + TimeSpan.FromMilliseconds(1));
        Assert.Equal([1], (await _index.QueryAsync(new IndexQuery("owner"))).StalePending);

        await CommitAsync(1, 2, "new", ("last-name", "new"));
        Assert.Empty((await _index.QueryAsync(new IndexQuery("owner"))).StalePending);
    }

    [Fact]
    public async Task Clearing_a_kind_leaves_the_others()
    {
        await CommitAsync(1, 1, "owner", ("x", "y"));
        await _index.CommitAsync([new IndexEntry(new EntityKey("pet", 1), 1, "pet"u8.ToArray(), [])]);

        await _index.ClearAsync("owner");

        Assert.Empty(await FindAsync(new IndexQuery("owner")));
        Assert.Equal(["pet"], await FindAsync(new IndexQuery("pet")));
    }

    public async ValueTask DisposeAsync()
    {
        await _index.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private SqliteEntityIndex Open() => new(Path.Combine(_folder.FullName, "index.db"), _time);

    private Task CommitAsync(long id, long version, string document, params (string Name, string Value)[] terms) => _index.CommitAsync(
        [new IndexEntry(new EntityKey("owner", id), version, Encoding.UTF8.GetBytes(document), [.. terms.Select(term => new IndexTerm(term.Name, term.Value))])]);

    private async Task<string[]> FindAsync(IndexQuery query) =>
        [.. (await _index.QueryAsync(query)).Documents.Select(document => Encoding.UTF8.GetString(document.Document.Span))];
}
