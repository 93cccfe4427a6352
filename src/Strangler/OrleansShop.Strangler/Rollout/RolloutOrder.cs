using OrleansShop.Strangler.Phases.Orders;

namespace OrleansShop.Strangler.Rollout;

/// <summary>Asks for a rollout, or for its end. Immutable.</summary>
/// <param name="By">Who asks, in 1 to 200 characters.</param>
/// <param name="Origin">Where from, in 1 to 200 characters.</param>
/// <param name="ExpectedEpoch">The epoch that the operator has seen; refused at another one. Null to take whatever there is.</param>
/// <param name="Reason">Why, in at most 500 characters; null if it speaks for itself.</param>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.RolloutOrder")]
public sealed record RolloutOrder(
    [property: Id(0)] string By,
    [property: Id(1)] string Origin,
    [property: Id(2)] long? ExpectedEpoch = null,
    [property: Id(3)] string? Reason = null)
{
    /// <summary>What is wrong with its form, or null.</summary>
    internal string? Fault => OrderLimits.FaultOf(new CapabilityOrder(OrderKind.Shadow, By, Origin, ExpectedEpoch: ExpectedEpoch, Reason: Reason));
}

/// <summary>What came of it. Immutable.</summary>
/// <param name="Status">How the rollout stands; null if there never was one.</param>
/// <param name="Refusal">Why nothing has changed; null if it is done.</param>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.RolloutAnswer")]
public sealed record RolloutAnswer([property: Id(0)] RolloutStatus? Status, [property: Id(1)] string? Refusal = null);
