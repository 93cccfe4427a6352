using System.Diagnostics.CodeAnalysis;
using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>
/// The messages of one queue between being taken out and being delivered, and after that as long as there is room. Called by the
/// queue's agent, one call at a time.
/// </summary>
public interface IQueueCache : IQueueFlowController
{
    /// <summary>Adds messages, in the order of the queue.</summary>
    void AddToCache(IList<IBatchContainer> messages);

    /// <summary>Takes note of what no cursor has before it any more. True if there was any: it is delivered.</summary>
    bool TryPurgeFromCache([NotNullWhen(true)] out IList<IBatchContainer>? purgedItems);

    /// <summary>Returns a cursor over the messages of a stream: from a place on, or, without a token, over those that are added from now on.</summary>
    /// <exception cref="QueueCacheMissException">The place is older than what the cache still has.</exception>
    IQueueCacheCursor GetCacheCursor(StreamId streamId, StreamSequenceToken? token);

    /// <summary>Whether nothing should be added now.</summary>
    bool IsUnderPressure();

    /// <summary>Learns how far all active subscriptions have got.</summary>
    void UpdateDeliveryProgress(StreamSequenceToken? sequenceToken, DateTime utcNow)
    {
    }
}
