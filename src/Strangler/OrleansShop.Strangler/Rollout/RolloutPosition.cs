using OrleansShop.Strangler.Phases.Orders;

namespace OrleansShop.Strangler.Rollout;

/// <summary>Where a rollout stands. Immutable.</summary>
/// <param name="Standing">How the capability stands.</param>
/// <param name="IsAnnounced">Whether the ledger knows that.</param>
/// <param name="Observed">For how long gateways have told figures of this standing; null if none has.</param>
/// <param name="BaselineP99">The monolith's p99 in the last step in which it answered enough, for steps in which it does not; null if there was none.</param>
public sealed record RolloutPosition(CapabilityStanding Standing, bool IsAnnounced, TimeSpan? Observed, TimeSpan? BaselineP99);
