using Microsoft.Extensions.Logging;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Keys;

namespace OrleansShop.Strangler.Entities;

/// <summary>The index as lists read it: writes that a crash cut off are settled on the way.</summary>
/// <param name="index">The service's index.</param>
/// <param name="logger">Where entries that cannot be settled now are reported.</param>
public sealed partial class SettledIndex(IEntityIndex index, ILogger<SettledIndex> logger)
{
    /// <summary>Runs a query; if entries of its kind carry the marks of dead writers, has their grains settle them and runs it again.</summary>
    /// <remarks>An entry that cannot be settled now shows the last acknowledged entity: the list is right, and the next one tries again.</remarks>
    public async Task<IndexPage> QueryAsync(IndexQuery query, Func<EntityId, IMigratableGrain> grainOf, CancellationToken cancellationToken)
    {
        var page = await index.QueryAsync(query, cancellationToken);
        if (page.StalePending.IsEmpty)
        {
            return page;
        }

        foreach (var id in page.StalePending)
        {
            try
            {
                await grainOf(id).SettleAsync();
            }
            catch (Exception failure) when (failure is BridgeUnavailableException or TimeoutException or OrleansException)
            {
                LogNotSettled(logger, query.Kind, id, failure);
                return page;
            }
        }

        return await index.QueryAsync(query, cancellationToken);
    }

    [LoggerMessage(3090, LogLevel.Warning, "The index entry of {Kind} {Id} was left by a write that did not end, and cannot be settled now; lists show it as it was before.")]
    private static partial void LogNotSettled(ILogger logger, string kind, EntityId id, Exception failure);
}
