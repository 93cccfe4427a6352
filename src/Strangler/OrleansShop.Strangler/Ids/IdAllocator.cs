using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Capabilities;

namespace OrleansShop.Strangler.Ids;

/// <summary>
/// Hands out ids for new entities from blocks that it takes from the monolith's sequences. Ids are unique on both sides; what is left of a
/// block when the process ends is never used, so there are gaps. Thread-safe.
/// </summary>
/// <param name="bridge">Where blocks come from.</param>
/// <param name="options">How large they are.</param>
public sealed class IdAllocator(IMonolithBridge bridge, IOptions<IdAllocatorOptions> options) : IDisposable
{
    private readonly ConcurrentDictionary<string, Block> _blocks = new(StringComparer.Ordinal);

    /// <summary>Returns an id that nobody else gets. Asks the bridge once per block; callers that come meanwhile wait for the same answer.</summary>
    /// <param name="entity">The kind of entity that the id is for.</param>
    /// <param name="epoch">
    /// The epoch of the capability. A block is given up when the epoch has moved on: the monolith has numbered since, and its ids must not
    /// be followed by lower ones, or lists ordered by id would no longer show what is new last.
    /// </param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="BridgeUnavailableException">The block is used up and the bridge gives no new one.</exception>
    /// <exception cref="BridgeRefusedException">The kind has no ids that a sequence gives out.</exception>
    public ValueTask<long> NextAsync(EntityManifest entity, long epoch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        var block = _blocks.GetOrAdd(entity.Kind, static _ => new Block());
        return block.TryTake(epoch, out var id) ? ValueTask.FromResult(id) : RefillAsync(entity, epoch, block, cancellationToken);
    }

    /// <summary>Gives up the blocks.</summary>
    public void Dispose()
    {
        foreach (var block in _blocks.Values)
        {
            block.Refilling.Dispose();
        }
    }

    private async ValueTask<long> RefillAsync(EntityManifest entity, long epoch, Block block, CancellationToken cancellationToken)
    {
        await block.Refilling.WaitAsync(cancellationToken);
        try
        {
            long id;
            while (!block.TryTake(epoch, out id))
            {
                block.Replace(epoch, await bridge.AllocateIdsAsync(entity.Capability, entity.Kind, options.Value.BlockSize, cancellationToken));
            }

            return id;
        }
        finally
        {
            block.Refilling.Release();
        }
    }

    private sealed class Block
    {
        private volatile Lease _lease = new(Epoch: -1, []);

        internal SemaphoreSlim Refilling { get; } = new(1, 1);

        internal bool TryTake(long epoch, out long id)
        {
            id = 0;
            var lease = _lease;
            return lease.Epoch == epoch && lease.Ids.TryDequeue(out id);
        }

        internal void Replace(long epoch, IEnumerable<long> ids) => _lease = new Lease(epoch, new ConcurrentQueue<long>(ids));

        private sealed record Lease(long Epoch, ConcurrentQueue<long> Ids);
    }
}
