using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Phases.Orders;

namespace OrleansShop.Strangler.Phases;

/// <summary>What the ledger has to know of a phase.</summary>
internal static class CapabilityAnnouncements
{
    /// <summary>What the ledger was told of the status.</summary>
    internal static CapabilityAnnouncement Announcement(this CapabilityStatus status) =>
        new CapabilityStanding { Phase = status.Phase, Percent = status.Percent, Lists = status.Lists, IsPaused = status.IsPaused, IsRollingBack = status.IsRollingBack, Epoch = status.Epoch }.Announcement(status.Capability);

    internal static CapabilityAnnouncement Announcement(this CapabilityStanding standing, string capability) => new(
        capability,
        standing.Epoch,
        Fence: standing.Phase != CapabilityPhase.Monolith,
        Takes: standing.Phase.MayOwnEntities(), // In Retired too: of an entity that was taken, the answer may have been lost, and an insert may have been under way while the order came.
        Feeds: standing.Phase is CapabilityPhase.Shadow or CapabilityPhase.Canary,
        Closed: standing.Phase == CapabilityPhase.Retired);
}
