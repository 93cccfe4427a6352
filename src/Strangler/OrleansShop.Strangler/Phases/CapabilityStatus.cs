namespace OrleansShop.Strangler.Phases;

/// <summary>Where a capability stands. Immutable.</summary>
/// <param name="Capability">The name of the capability.</param>
/// <param name="Phase">Who answers for it.</param>
/// <param name="Epoch">How many times the phase has changed; 0 in the beginning.</param>
/// <param name="ChangedAt">When the phase changed last, in UTC; null before the first change.</param>
/// <param name="By">Who changed it last; null before the first change.</param>
/// <param name="Pending">The transition that is running, or null.</param>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.CapabilityStatus")]
public sealed record CapabilityStatus(
    [property: Id(0)] string Capability,
    [property: Id(1)] CapabilityPhase Phase,
    [property: Id(2)] long Epoch,
    [property: Id(3)] DateTimeOffset? ChangedAt,
    [property: Id(4)] string? By,
    [property: Id(5)] PendingTransition? Pending);

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
