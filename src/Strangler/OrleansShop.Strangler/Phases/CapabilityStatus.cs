using OrleansShop.Strangler.Moving;
using OrleansShop.Strangler.Ownership;

namespace OrleansShop.Strangler.Phases;

/// <summary>Where a capability stands. Immutable.</summary>
/// <param name="Capability">The name of the capability.</param>
/// <param name="Phase">How far it has moved.</param>
/// <param name="Epoch">How many times the phase, or what belongs to it, has changed; 0 in the beginning.</param>
/// <param name="ChangedAt">When the phase changed last, in UTC; null before the first change.</param>
/// <param name="By">Who changed it last; null before the first change.</param>
/// <param name="Pending">The transition that is running, or null.</param>
/// <param name="Percent">In the phase Canary: the share of the entities that the grains are to own, from 0 to 100.</param>
/// <param name="Lists">Where lists and searches are answered from.</param>
/// <param name="IsPaused">Whether sweeps stand still.</param>
/// <param name="HasLedger">
/// Whether the monolith's database has a ledger of the capability, so that entities move one by one. Without one the phase alone says who owns them: the monolith, or, after a copy of the whole capability, the grains.
/// </param>
/// <param name="IsRollingBack">In Canary at 0 %: whether the capability goes on to Monolith when everything has been returned.</param>
/// <param name="IsAnnounced">Whether the ledger is known to know <paramref name="Epoch"/>. Until it does, entities stay where they are.</param>
/// <param name="Moves">How the moving of entities gets on; null while there is nothing to tell.</param>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.CapabilityStatus")]
public sealed record CapabilityStatus(
    [property: Id(0)] string Capability,
    [property: Id(1)] CapabilityPhase Phase,
    [property: Id(2)] long Epoch,
    [property: Id(3)] DateTimeOffset? ChangedAt,
    [property: Id(4)] string? By,
    [property: Id(5)] PendingTransition? Pending,
    [property: Id(6)] int Percent = 0,
    [property: Id(7)] ListSide Lists = ListSide.Monolith,
    [property: Id(8)] bool IsPaused = false,
    [property: Id(9)] bool HasLedger = false,
    [property: Id(10)] bool IsRollingBack = false,
    [property: Id(11)] bool IsAnnounced = true,
    [property: Id(12)] MoveProgress? Moves = null)
{
    /// <summary>Whether lists and searches are answered from the service's index; else from the monolith's rows, which are current as long as the grains write to them too.</summary>
    public bool ListsComeFromGrains => HasLedger ? Lists == ListSide.Grains : Phase.IsServedByGrains();

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

/// <summary>A transition that has begun and not ended. Immutable.</summary>
/// <param name="Attempt">The number of the attempt; each one gets a higher number.</param>
/// <param name="Target">The phase that it leads to.</param>
/// <param name="StartedAt">When it began, in UTC.</param>
/// <param name="By">Who asked for it.</param>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.PendingTransition")]
public sealed record PendingTransition(
    [property: Id(0)] long Attempt,
    [property: Id(1)] CapabilityPhase Target,
    [property: Id(2)] DateTimeOffset StartedAt,
    [property: Id(3)] string By);
