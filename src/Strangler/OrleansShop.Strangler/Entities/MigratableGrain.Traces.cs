using System.Diagnostics;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Moving;
using OrleansShop.Strangler.Ownership;

namespace OrleansShop.Strangler.Entities;

/// <content>What can be seen of the steps at which the grain asks the ledger for something.</content>
public abstract partial class MigratableGrain<T>
{
    /// <summary>Null in a process that moves nothing.</summary>
    private MoveMetrics? _metrics;

    private async Task<TAnswer> SeenAsync<TAnswer>(string step, EntityOwner side, Func<Task<TAnswer>> ask)
    {
        using var span = MoveTraces.Start(step, kind.Manifest, side);
        try
        {
            return await ask();
        }
        catch (BridgeRefusedException refused)
        {
            span?.SetStatus(ActivityStatusCode.Error, refused.Reason.ToString());
            _metrics?.Refused(kind.Manifest.Capability, refused.Reason);
            throw;
        }
        catch (BridgeUnavailableException)
        {
            span?.SetStatus(ActivityStatusCode.Error, "unavailable");
            throw;
        }
    }
}
