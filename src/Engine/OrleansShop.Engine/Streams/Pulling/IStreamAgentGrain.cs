using Orleans;
using Orleans.Runtime;
using Orleans.Streams;
using OrleansShop.Engine.Streams.Subscribing;

namespace OrleansShop.Engine.Streams.Pulling;

/// <summary>What pulls one queue of one stream provider. The ring sees to it that there is one in the cluster.</summary>
internal interface IStreamAgentGrain : IGrainWithStringKey
{
    /// <summary>Does nothing but to have the agent activated, which starts it.</summary>
    Task Start();

    /// <summary>Learns of a change of the explicit subscriptions to a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="list">All subscriptions now.</param>
    /// <param name="added">The one that was added; null if none was.</param>
    /// <param name="from">The first event that the added one wants; null for those that come.</param>
    Task SubscriptionsChanged(StreamId stream, SubscriptionList list, Guid? added, StreamSequenceToken? from);

    /// <summary>Puts a subscription to a place in the stream.</summary>
    Task Rewind(StreamId stream, Guid subscription, StreamSequenceToken from);
}
