using OrleansShop.Strangler.BridgeClient;

namespace OrleansShop.Strangler.Simulation.Scheduling;

/// <summary>It was not done, and will not be.</summary>
internal sealed class RefusedException(BridgeRefusal reason) : Exception(reason.ToString())
{
    public BridgeRefusal Reason { get; } = reason;

    public bool IsAboutOwnership => Reason is BridgeRefusal.NotOwner or BridgeRefusal.StaleVersion;
}
