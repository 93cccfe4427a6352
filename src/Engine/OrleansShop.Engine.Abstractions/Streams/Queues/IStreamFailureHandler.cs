using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>Called when an event could not be delivered: a place for a dead-letter queue, or for an alarm.</summary>
public interface IStreamFailureHandler
{
    /// <summary>Whether a subscription that an event could not be delivered to gets no more events.</summary>
    bool ShouldFaultSubsriptionOnError { get; }

    /// <summary>An event is given up for one subscription.</summary>
    Task OnDeliveryFailure(GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken? sequenceToken);

    /// <summary>A subscription could not be set up, or is faulted from here on.</summary>
    Task OnSubscriptionFailure(GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken? sequenceToken);
}
