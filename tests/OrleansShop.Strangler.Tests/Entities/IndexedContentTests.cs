using System.Collections.Concurrent;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Rows;
using Xunit;

namespace OrleansShop.Strangler.Tests.Entities;

public sealed class IndexedContentTests
{
    private readonly RecordingIndex _index = new();
    private readonly ConcurrentDictionary<long, RecordingGrain> _grains = [];
    private readonly IndexedContent _content;

    public IndexedContentTests() => _content = new IndexedContent(
        _index, new Dictionary<string, Func<long, IMigratableGrain>> { ["book"] = id => _grains.GetOrAdd(id, _ => new RecordingGrain(_index, id)) });

    [Fact]
    public async Task Clearing_wipes_entities_and_cut_off_writes_without_writing_to_the_monolith()
    {
        _index.Documents.AddRange([1, 2, 3]);
        _index.Pending.AddRange([3, 4]);

        await _content.ClearAsync(CancellationToken.None);

        Assert.Equal([1, 2, 3, 4], _grains.Keys.Order());
        Assert.All(_grains.Values, grain => Assert.True(grain.Wiped));
        Assert.All(_grains.Values, grain => Assert.False(grain.Settled));
        Assert.Empty(_index.Documents);
    }

    [Fact]
    public async Task Exporting_first_settles_the_writes_that_were_cut_off()
    {
        _index.Documents.AddRange([1, 2]);
        _index.Pending.Add(2);

        var page = await _content.ExportAsync("book", after: null, limit: 10, CancellationToken.None);

        Assert.True(_grains[2].Settled);
        Assert.False(_grains[1].Settled);
        Assert.Equal(["1", "2"], page.Items.Select(rows => rows.Id));
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gaps()
    {
        _index.Documents.AddRange([5, 7, 9]);

        var first = await _content.ExportAsync("book", after: null, limit: 2, CancellationToken.None);
        var second = await _content.ExportAsync("book", first.Next, limit: 2, CancellationToken.None);

        Assert.Equal(["5", "7"], first.Items.Select(rows => rows.Id));
        Assert.Equal(["9"], second.Items.Select(rows => rows.Id));
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task A_mark_that_its_grain_cannot_end_does_not_hold_the_copy_for_ever()
    {
        _index.Pending.Add(8);
        _grains[8] = new RecordingGrain(_index, 8) { EndsMarks = false };

        await _content.ClearAsync(CancellationToken.None);

        Assert.True(_grains[8].Wiped);
    }

    /// <summary>An index in memory with one kind, as the content sees it.</summary>
    private sealed class RecordingIndex : IEntityIndex
    {
        private readonly Lock _lock = new();

        public List<long> Documents { get; } = [];

        public List<long> Pending { get; } = [];

        public Task MarkPendingAsync(EntityKey key, CancellationToken cancellationToken = default) => Task.CompletedTask;

        public Task CommitAsync(IReadOnlyList<IndexEntry> entries, CancellationToken cancellationToken = default) => Task.CompletedTask;

        public Task<IndexPage> QueryAsync(IndexQuery query, CancellationToken cancellationToken = default)
        {
            lock (_lock)
            {
                var selected = Documents.Where(id => id > (query.After ?? long.MinValue)).Order().ToList();
                return Task.FromResult(new IndexPage(
                    [.. selected.Take(query.Limit ?? int.MaxValue).Select(id => new IndexedDocument(id, default))],
                    selected.Count,
                    query.PendingFor == TimeSpan.Zero ? [.. Pending] : []));
            }
        }

        public Task ClearAsync(string kind, CancellationToken cancellationToken = default)
        {
            Documents.Clear();
            return Task.CompletedTask;
        }

        public void EndMark(long id)
        {
            lock (_lock)
            {
                Pending.Remove(id);
            }
        }
    }

    private sealed class RecordingGrain(RecordingIndex index, long id) : IMigratableGrain
    {
        public bool EndsMarks { get; init; } = true;

        public bool Wiped { get; private set; }

        public bool Settled { get; private set; }

        public Task ImportAsync(EntityRows? rows)
        {
            Wiped = rows is null;
            EndMark();
            return Task.CompletedTask;
        }

        public Task SettleAsync()
        {
            Settled = true;
            EndMark();
            return Task.CompletedTask;
        }

        public Task PublishEventsAsync() => Task.CompletedTask;

        public Task<EntityOwner> PlaceAsync(long? capabilityEpoch = null) => Task.FromResult(EntityOwner.Grains);

        public Task ShadowAsync(EntityRows? rows) => Task.CompletedTask;

        public Task<EntityRows?> ExportAsync() => Task.FromResult<EntityRows?>(new EntityRows("book", $"{id}", 1, Row.Of(("id", id))));

        public Task<BothSides> ReadBothSidesAsync() => throw new NotSupportedException();

        private void EndMark()
        {
            if (EndsMarks)
            {
                index.EndMark(id);
            }
        }
    }
}
