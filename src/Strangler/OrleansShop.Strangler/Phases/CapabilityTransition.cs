using OrleansShop.Strangler.Phases.Orders;

namespace OrleansShop.Strangler.Phases;

/// <summary>A transition that has ended, as the history keeps it. Immutable.</summary>
/// <param name="Attempt">The number of the attempt; 0 for an order, which is no copy and has none.</param>
/// <param name="From">The phase before.</param>
/// <param name="Target">The phase that was wanted.</param>
/// <param name="StartedAt">When it began, in UTC.</param>
/// <param name="EndedAt">When it ended, in UTC.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="Succeeded">Whether the phase changed.</param>
/// <param name="Detail">What was done, or why it failed.</param>
/// <param name="Order">The order that led to it, with what it was decided on; null for a copy.</param>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.CapabilityTransition")]
public sealed record CapabilityTransition(
    [property: Id(0)] long Attempt,
    [property: Id(1)] CapabilityPhase From,
    [property: Id(2)] CapabilityPhase Target,
    [property: Id(3)] DateTimeOffset StartedAt,
    [property: Id(4)] DateTimeOffset EndedAt,
    [property: Id(5)] string By,
    [property: Id(6)] bool Succeeded,
    [property: Id(7)] string Detail,
    [property: Id(8)] AcceptedOrder? Order = null);
