using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Replication;

namespace OrleansShop.Strangler.Moving;

/// <summary>What orders and moves of one capability need. One instance per capability and process, under the capability's name; thread-safe.</summary>
internal sealed class CapabilityMoves(
    CapabilityManifest manifest,
    IOwnershipLedger ledger,
    IMonolithBridge bridge,
    IMovingEntities entities,
    BehindEntities? behind,
    SiblingStatuses siblings,
    IOptions<MovingOptions> options,
    MoveMetrics metrics,
    TimeProvider time,
    ILogger<CapabilityMoves> logger)
{
    internal CapabilityManifest Manifest { get; } = manifest;

    internal IOwnershipLedger Ledger { get; } = ledger;

    internal IMonolithBridge Bridge { get; } = bridge;

    internal IMovingEntities Entities { get; } = entities;

    /// <summary>Those whose acknowledged writes the monolith lacks; null where the capability's replication does not lag.</summary>
    internal BehindEntities? Behind { get; } = behind;

    internal SiblingStatuses Siblings { get; } = siblings;

    internal MovingOptions Options { get; } = options.Value;

    internal MoveMetrics Metrics { get; } = metrics;

    internal TimeProvider Time { get; } = time;

    internal ILogger Logger { get; } = logger;

    /// <summary>Begins to move entities to where the status says, beside the turns of the grain.</summary>
    internal CapabilityMover Start(ICapabilityGrain grain, CapabilityStatus status) => new(this, grain, status);
}
