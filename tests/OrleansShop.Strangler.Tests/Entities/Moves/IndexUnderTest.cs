using System.Text;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Keys;

namespace OrleansShop.Strangler.Tests.Entities.Moves;

/// <summary>The service's index in memory, as far as grains write it.</summary>
internal sealed class IndexUnderTest(LostAt lost) : IEntityIndex
{
    private readonly Lock _lock = new();
    private readonly Dictionary<EntityId, IndexEntry> _entries = [];

    /// <summary>Entries that are marked.</summary>
    public HashSet<EntityId> Marks { get; } = [];

    public string? TitleOf(long id)
    {
        lock (_lock) return _entries.TryGetValue(id, out var entry) ? Encoding.UTF8.GetString(entry.Document!.Value.Span) : null;
    }

    public Task MarkPendingAsync(EntityKey key, CancellationToken cancellationToken = default) => lost.RunAsync("mark", () =>
    {
        lock (_lock) return Task.FromResult(Marks.Add(key.Id));
    });

    public Task CommitAsync(IReadOnlyList<IndexEntry> entries, CancellationToken cancellationToken = default) => lost.RunAsync("index", () =>
    {
        lock (_lock)
        {
            foreach (var entry in entries)
            {
                Marks.Remove(entry.Key.Id);
                if (_entries.TryGetValue(entry.Key.Id, out var known) && known.Version > entry.Version) continue;
                if (entry.Document is null) _entries.Remove(entry.Key.Id);
                else _entries[entry.Key.Id] = entry;
            }
        }

        return Task.FromResult(true);
    });

    public Task<IndexPage> QueryAsync(IndexQuery query, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task ClearAsync(string kind, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
