using Orleans;

namespace OrleansShop.Engine.Streams.Subscribing;

/// <summary>What is stored of the subscriptions to one stream.</summary>
[GenerateSerializer]
internal sealed class PubSubGrainState
{
    /// <summary>Grows with every change.</summary>
    [Id(0)]
    public long Version { get; set; }

    /// <summary>The subscriptions.</summary>
    [Id(1)]
    public List<StreamSubscription> Subscriptions { get; set; } = [];
}
