using Orleans;
using Orleans.Runtime;
using Orleans.Streams;

namespace OrleansShop.Engine.Streams.Subscribing;

/// <summary>Messages of one stream on their way to one subscription.</summary>
/// <param name="SubscriptionId">The subscription.</param>
/// <param name="ProviderName">The provider.</param>
/// <param name="StreamId">The stream.</param>
/// <param name="Batches">The messages, in order.</param>
/// <param name="IsRetry">Whether the same messages were sent before and did not get through: what the observer has taken of them is left out.</param>
[GenerateSerializer]
[Immutable]
internal sealed record StreamDelivery(
    [property: Id(0)] Guid SubscriptionId,
    [property: Id(1)] string ProviderName,
    [property: Id(2)] StreamId StreamId,
    [property: Id(3)] List<IBatchContainer> Batches,
    [property: Id(4)] bool IsRetry);
