using System.Runtime.CompilerServices;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.BridgeClient;

/// <summary>The usual ways to ask the bridge for rows.</summary>
public static class MonolithBridgeReads
{
    /// <summary>Reads one entity, or null when the monolith has none with this id.</summary>
    public static async Task<EntityRows?> ReadEntityAsync(
        this IMonolithBridge bridge, EntityManifest entity, string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bridge);
        ArgumentNullException.ThrowIfNull(entity);
        var page = await bridge.ReadAsync(new RowQuery(entity.Capability, entity.Kind, entity.KeyColumn, [id], Limit: 1), cancellationToken);
        return page.Items.SingleOrDefault();
    }

    /// <summary>Reads the entities whose reference column, or key, holds one of the values: any number of values and entities, page by page, without repetition.</summary>
    public static async IAsyncEnumerable<EntityRows> ReadByReferenceAsync(
        this IMonolithBridge bridge,
        EntityManifest entity,
        string column,
        IEnumerable<string> values,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bridge);
        ArgumentNullException.ThrowIfNull(entity);
        foreach (var chunk in values.Distinct(StringComparer.Ordinal).Chunk(RowQuery.MaxValues))
        {
            var query = new RowQuery(entity.Capability, entity.Kind, column, chunk);
            await foreach (var rows in bridge.ReadPagesAsync(query, cancellationToken))
            {
                yield return rows;
            }
        }
    }

    /// <summary>Reads all entities of a kind in the order of their ids, page by page.</summary>
    public static IAsyncEnumerable<EntityRows> ReadAllAsync(
        this IMonolithBridge bridge, EntityManifest entity, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bridge);
        ArgumentNullException.ThrowIfNull(entity);
        return bridge.ReadPagesAsync(new RowQuery(entity.Capability, entity.Kind), cancellationToken);
    }

    private static async IAsyncEnumerable<EntityRows> ReadPagesAsync(
        this IMonolithBridge bridge, RowQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        do
        {
            var page = await bridge.ReadAsync(query with { After = after }, cancellationToken);
            foreach (var rows in page.Items)
            {
                yield return rows;
            }

            after = page.Next;
        }
        while (after is not null);
    }
}
