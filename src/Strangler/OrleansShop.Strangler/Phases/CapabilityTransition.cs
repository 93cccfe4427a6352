using OrleansShop.Strangler.Phases.Orders;

namespace OrleansShop.Strangler.Phases;

/// <summary>What an order has led to, as the history keeps it. Immutable.</summary>
/// <param name="From">The phase before.</param>
/// <param name="Target">The phase from then on, which may be the same.</param>
/// <param name="At">When, in UTC.</param>
/// <param name="Order">The order, with what it was decided on.</param>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.CapabilityTransition")]
public sealed record CapabilityTransition(
    [property: Id(1)] CapabilityPhase From,
    [property: Id(2)] CapabilityPhase Target,
    [property: Id(4)] DateTimeOffset At,
    [property: Id(8)] AcceptedOrder Order);
