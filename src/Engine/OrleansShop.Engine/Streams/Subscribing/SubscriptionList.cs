using Orleans;

namespace OrleansShop.Engine.Streams.Subscribing;

/// <summary>The explicit subscriptions to a stream at one moment.</summary>
/// <param name="Version">Grows with every change, also over the time in which nothing was stored.</param>
/// <param name="Subscriptions">The subscriptions, faulted ones too.</param>
[GenerateSerializer]
[Immutable]
internal sealed record SubscriptionList([property: Id(0)] long Version, [property: Id(1)] StreamSubscription[] Subscriptions);
