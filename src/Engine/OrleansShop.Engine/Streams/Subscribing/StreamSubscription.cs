using Orleans;
using Orleans.Runtime;

namespace OrleansShop.Engine.Streams.Subscribing;

/// <summary>One subscription to one stream.</summary>
/// <param name="Id">What names it.</param>
/// <param name="Consumer">The grain that subscribed, or the observer object of a client.</param>
/// <param name="FilterData">For the provider's stream filter; null for none.</param>
/// <param name="IsFaulted">Whether it gets no more events, because one could not be delivered and the failure handler said so.</param>
[GenerateSerializer]
[Immutable]
internal sealed record StreamSubscription(
    [property: Id(0)] Guid Id, [property: Id(1)] GrainId Consumer, [property: Id(2)] string? FilterData, [property: Id(3)] bool IsFaulted = false);
