using Orleans.Runtime;

namespace OrleansShop.Engine.Streams.Subscribing;

/// <summary>How agents reach those who subscribed: any grain, or an observer object of a client.</summary>
internal interface IStreamConsumerExtension : IGrainExtension
{
    /// <summary>Gives messages to the observer of a subscription. Fails as the observer fails.</summary>
    Task Deliver(StreamDelivery delivery);

    /// <summary>Tells the observer of a subscription of an error.</summary>
    Task Fail(Guid subscription, string provider, StreamId stream, Exception error);
}
