using System.Globalization;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.Tests.Switching;

/// <summary>A bridge over tables in memory, with ids that are numbers. Every call can be made to fail, before or after it has taken effect.</summary>
internal sealed class MonolithInMemory : IMonolithBridge
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SortedDictionary<long, EntityRows>> _kinds = [];
    private readonly Dictionary<string, long> _sequences = [];
    private Exception? _failure;

    /// <summary>Runs before each call, with its number from 1.</summary>
    internal Action<int>? BeforeCall { get; set; }

    internal int Calls { get; private set; }

    internal int Allocations { get; private set; }

    /// <summary>What was applied, in order.</summary>
    internal List<string> Applied { get; } = [];

    internal void FailWith(Exception failure) => _failure = failure;

    internal void Put(params EntityRows[] entities)
    {
        foreach (var entity in entities)
        {
            Kind(entity.Kind)[Number(entity.Id)] = entity;
        }
    }

    internal IEnumerable<EntityRows> All(string kind) => Kind(kind).Values;

    public Task<EntityPage> ReadAsync(RowQuery query, CancellationToken cancellationToken = default) => Call(() =>
    {
        var found = Kind(query.Kind).Where(pair => query.After is null || pair.Key > Number(query.After)).Select(pair => pair.Value).Take(query.Limit + 1).ToList();
        var page = found.Take(query.Limit).ToList();
        return new EntityPage(page, found.Count > query.Limit ? page[^1].Id : null, query.WithTotal ? Kind(query.Kind).Count : null);
    });

    public Task ApplyAsync(IReadOnlyList<EntityChange> changes, CancellationToken cancellationToken = default) => Call(() =>
    {
        foreach (var change in changes)
        {
            Applied.Add($"{(change.IsDelete ? "delete" : "upsert")} {change.Kind} {change.Id}");
            if (change.Row is null)
            {
                Kind(change.Kind).Remove(Number(change.Id));
            }
            else
            {
                Put(new EntityRows(change.Kind, change.Id, change.Version, change.Row, change.Children));
            }
        }

        return 0;
    });

    public Task<IReadOnlyList<long>> AllocateIdsAsync(string capability, string kind, int count, CancellationToken cancellationToken = default) => Call(() =>
    {
        Allocations++;
        var last = _sequences.GetValueOrDefault(kind);
        _sequences[kind] = last + count;
        return (IReadOnlyList<long>)[.. Enumerable.Range(1, count).Select(step => last + step)];
    });

    public Task<MonolithUser?> GetUserAsync(string username, CancellationToken cancellationToken = default) => Call(() => (MonolithUser?)null);

    private Task<T> Call<T>(Func<T> work)
    {
        lock (_lock)
        {
            Calls++;
            BeforeCall?.Invoke(Calls);
            if (_failure is { } failure)
            {
                _failure = null;
                return Task.FromException<T>(failure);
            }

            return Task.FromResult(work());
        }
    }

    private SortedDictionary<long, EntityRows> Kind(string kind)
    {
        if (!_kinds.TryGetValue(kind, out var rows))
        {
            _kinds[kind] = rows = [];
        }

        return rows;
    }

    private static long Number(string id) => long.Parse(id, CultureInfo.InvariantCulture);
}
