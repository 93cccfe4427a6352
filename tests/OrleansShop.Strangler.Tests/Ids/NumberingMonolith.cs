using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.Tests.Ids;

/// <summary>A monolith that gives out numbers, from 1 for each kind, and does nothing else. Can be made to fail once.</summary>
internal sealed class NumberingMonolith : IMonolithBridge
{
    private readonly Lock _lock = new();

    // All guarded by _lock.
    private readonly Dictionary<string, long> _sequences = [];
    private Exception? _failure;

    internal int Allocations { get; private set; }

    internal void FailWith(Exception failure) => _failure = failure;

    public Task<IReadOnlyList<long>> AllocateIdsAsync(string capability, string kind, int count, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_failure is { } failure)
            {
                _failure = null;
                return Task.FromException<IReadOnlyList<long>>(failure);
            }

            Allocations++;
            var last = _sequences.GetValueOrDefault(kind);
            _sequences[kind] = last + count;
            return Task.FromResult<IReadOnlyList<long>>([.. Enumerable.Range(1, count).Select(step => last + step)]);
        }
    }

    public Task<EntityPage> ReadAsync(RowQuery query, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task ApplyAsync(IReadOnlyList<EntityChange> changes, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<MonolithUser?> GetUserAsync(string username, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
