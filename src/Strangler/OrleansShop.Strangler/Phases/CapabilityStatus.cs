using OrleansShop.Strangler.Moving;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Rollout;

namespace OrleansShop.Strangler.Phases;

/// <summary>Where a capability stands. Immutable.</summary>
/// <param name="Capability">The name of the capability.</param>
/// <param name="Phase">How far it has moved.</param>
/// <param name="Epoch">How many times the phase, or what belongs to it, has changed; 0 in the beginning.</param>
/// <param name="ChangedAt">When the phase changed last, in UTC; null before the first change.</param>
/// <param name="By">Who changed it last; null before the first change.</param>
/// <param name="Percent">In the phase Canary: the share of the entities that the grains are to own, from 0 to 100.</param>
/// <param name="Lists">Where lists and searches are answered from.</param>
/// <param name="IsPaused">Whether sweeps stand still.</param>
/// <param name="IsRollingBack">In Canary at 0 %: whether the capability goes on to Monolith when everything has been returned.</param>
/// <param name="IsAnnounced">Whether the ledger is known to know <paramref name="Epoch"/>. Until it does, entities stay where they are.</param>
/// <param name="Moves">How the moving of entities gets on; null while there is nothing to tell.</param>
/// <param name="Rollout">What has become of the capability's last rollout; null if there was none. Gateways tell their figures while one runs.</param>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.CapabilityStatus")]
public sealed record CapabilityStatus(
    [property: Id(0)] string Capability,
    [property: Id(1)] CapabilityPhase Phase,
    [property: Id(2)] long Epoch,
    [property: Id(3)] DateTimeOffset? ChangedAt,
    [property: Id(4)] string? By,
    [property: Id(6)] int Percent = 0,
    [property: Id(7)] ListSide Lists = ListSide.Monolith,
    [property: Id(8)] bool IsPaused = false,
    [property: Id(10)] bool IsRollingBack = false,
    [property: Id(11)] bool IsAnnounced = true,
    [property: Id(12)] MoveProgress? Moves = null,
    [property: Id(13)] RolloutOutcome? Rollout = null)
{
    /// <summary>Whether the monolith's database has a ledger of the capability, or is about to. Without one the monolith owns everything.</summary>
    public bool HasLedger => Phase != CapabilityPhase.Monolith;

    /// <summary>Whether lists and searches are answered from the service's index; else from the monolith's rows, which are current as long as the grains write to them too.</summary>
    public bool ListsComeFromGrains => Lists == ListSide.Grains;

    /// <summary>Who is to own an entity: the rule that gateways route by and grains move by. Who does own it is in the ledger.</summary>
    /// <param name="kind">The kind of the entity.</param>
    /// <param name="id">The id as text.</param>
    public EntityOwner WantedOwner(string kind, string id) => Phase switch
    {
        CapabilityPhase.Monolith or CapabilityPhase.Shadow => EntityOwner.Monolith,
        CapabilityPhase.Canary => EntityShare.Contains(kind, id, Percent) ? EntityOwner.Grains : EntityOwner.Monolith,
        CapabilityPhase.Grains or CapabilityPhase.Retired => EntityOwner.Grains,
        _ => throw new InvalidOperationException($"This version does not know the phase {Phase} of {Capability}."),
    };
}
