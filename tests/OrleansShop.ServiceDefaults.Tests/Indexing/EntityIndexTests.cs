using System.Text;
using OrleansShop.Strangler.Index;
using OrleansShop.Testing.Time;
using Xunit;

namespace OrleansShop.ServiceDefaults.Tests.Indexing;

/// <summary>What every index does. Each has a class that derives from this one.</summary>
public abstract partial class EntityIndexTests : IAsyncLifetime
{
    private IEntityIndex _index = null!;

    protected ManualTimeProvider Time { get; } = new();

    protected IEntityIndex Index => _index;

    /// <summary>After how long a mark is reported.</summary>
    protected abstract TimeSpan PendingTimeout { get; }

    public async ValueTask InitializeAsync() => _index = await OpenAsync();

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
        _index = await OpenAsync();

        Assert.Empty((await _index.QueryAsync(new IndexQuery("owner"))).StalePending);
        Time.Advance(PendingTimeout + TimeSpan.FromMilliseconds(1));
        Assert.Equal([1], (await _index.QueryAsync(new IndexQuery("owner"))).StalePending);

        await CommitAsync(1, 2, "new", ("last-name", "new"));
        Assert.Empty((await _index.QueryAsync(new IndexQuery("owner"))).StalePending);
    }

    [Fact]
    public async Task A_page_after_an_id_goes_on_there_with_negative_ids_first()
    {
        foreach (var id in new[] { 3L, -7, 0, 12, long.MaxValue, long.MinValue + 1 }) await CommitAsync(id, 1, $"{id}", ("all", "x"));

        Assert.Equal([long.MinValue + 1, -7, 0, 3, 12, long.MaxValue], (await _index.QueryAsync(new IndexQuery("owner"))).Documents.Select(document => document.Id));
        foreach (var term in new[] { null, "all" })
        {
            var page = await _index.QueryAsync(new IndexQuery("owner", term, ["x"], After: 0, Limit: 2));
            Assert.Equal((3, 12, 3), (page.Documents[0].Id, page.Documents[1].Id, page.Total));
        }

        Assert.Empty((await _index.QueryAsync(new IndexQuery("owner", After: long.MaxValue))).Documents);
    }

    [Fact]
    public async Task Marks_are_reported_oldest_first_at_the_age_that_is_asked_for()
    {
        await _index.MarkPendingAsync(new EntityKey("owner", 2));
        Time.Advance(TimeSpan.FromSeconds(1));
        await _index.MarkPendingAsync(new EntityKey("owner", 1));
        await _index.MarkPendingAsync(new EntityKey("pet", 3));

        Assert.Equal([2, 1], (await _index.QueryAsync(new IndexQuery("owner", PendingFor: TimeSpan.Zero))).StalePending);
        Assert.Equal([2], (await _index.QueryAsync(new IndexQuery("owner", PendingFor: TimeSpan.FromSeconds(1)))).StalePending);
    }

    [Fact]
    public async Task Commits_of_one_entity_at_the_same_time_leave_the_newest_with_its_terms_alone()
    {
        await Task.WhenAll(Enumerable.Range(1, 12).Select(version => CommitAsync(1, version, $"{version}", ("last-name", $"name{version}"), ("all", "x"))));

        Assert.Equal(["12"], await FindAsync(new IndexQuery("owner", "last-name", Prefix: "name")));
        Assert.Equal(["12"], await FindAsync(new IndexQuery("owner", "all", ["x"])));
        Assert.Empty(await FindAsync(new IndexQuery("owner", "last-name", ["name11"])));
    }

    [Theory]
    [InlineData("'; DROP TABLE index_entry; --")]
    [InlineData("a/b#c%_\0d")]
    [InlineData("Zoë 🐈")]
    [InlineData("")]
    public async Task Odd_values_are_found_and_kept_apart(string value)
    {
        await CommitAsync(1, 1, "it", ("name", value));
        await CommitAsync(2, 1, "longer", ("name", value + "x"));
        await CommitAsync(3, 1, "other term", ("name" + value + "!", value));

        Assert.Equal(["it"], await FindAsync(new IndexQuery("owner", "name", [value])));
        Assert.Equal(["it", "longer"], await FindAsync(new IndexQuery("owner", "name", Prefix: value)));
    }

    [Fact]
    public async Task Values_of_any_length_are_found_and_told_apart()
    {
        var long1 = new string('ü', 2000) + "1";
        var long2 = new string('ü', 2000) + "2";
        await CommitAsync(1, 1, "one", ("name", long1));
        await CommitAsync(2, 1, "two", ("name", long2));

        Assert.Equal(["one"], await FindAsync(new IndexQuery("owner", "name", [long1])));
        Assert.Equal(["two"], await FindAsync(new IndexQuery("owner", "name", Prefix: long2)));
        Assert.Equal(["one", "two"], await FindAsync(new IndexQuery("owner", "name", Prefix: new string('ü', 1999))));
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

    public abstract ValueTask DisposeAsync();

    /// <summary>Opens the test's index, which may be open already. What is opened is closed in <see cref="DisposeAsync"/>.</summary>
    protected abstract ValueTask<IEntityIndex> OpenAsync();

    protected Task CommitAsync(long id, long version, string document, params (string Name, string Value)[] terms) => _index.CommitAsync(
        [new IndexEntry(new EntityKey("owner", id), version, Encoding.UTF8.GetBytes(document), [.. terms.Select(term => new IndexTerm(term.Name, term.Value))])]);

    protected async Task<string[]> FindAsync(IndexQuery query) =>
        [.. (await _index.QueryAsync(query)).Documents.Select(document => Encoding.UTF8.GetString(document.Document.Span))];
}
