using Orleans;
using Orleans.Runtime;
using Orleans.Streams;

namespace OrleansShop.Engine.Streams.Subscribing;

/// <summary>Where the explicit subscriptions to one stream are kept. Its key is the provider's name, a slash, and the stream.</summary>
internal interface IPubSubRendezvousGrain : IGrainWithStringKey
{
    /// <summary>Returns the subscriptions.</summary>
    Task<SubscriptionList> Read();

    /// <summary>Adds a subscription, or puts it in the place of the one with its id; the agent that pulls the stream's queue knows it when the task has completed.</summary>
    Task Subscribe(StreamSubscription subscription, GrainId agent, StreamSequenceToken? from);

    /// <summary>Takes a subscription away, if it is there; the agent knows it when the task has completed.</summary>
    Task Unsubscribe(Guid subscription, GrainId agent);

    /// <summary>Marks a subscription: it gets no more events.</summary>
    Task Fault(Guid subscription, GrainId agent);
}
