namespace OrleansShop.Strangler.Phases.Orders;

/// <summary>An order as the history keeps it. Immutable.</summary>
/// <param name="Order">What was asked, by whom, from where and why.</param>
/// <param name="Standing">How the capability stood afterwards.</param>
/// <param name="OwnedByMonolith">How many entities the monolith owned when it was decided; null while there was no ledger.</param>
/// <param name="OwnedByGrains">How many the grains owned; null while there was no ledger.</param>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.AcceptedOrder")]
public sealed record AcceptedOrder(
    [property: Id(0)] CapabilityOrder Order,
    [property: Id(1)] CapabilityStanding Standing,
    [property: Id(2)] long? OwnedByMonolith,
    [property: Id(3)] long? OwnedByGrains);
