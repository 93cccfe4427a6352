using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>Puts events into queues, and makes what takes them out.</summary>
public interface IQueueAdapter
{
    /// <summary>The provider's name.</summary>
    string Name { get; }

    /// <summary>Whether subscriptions can begin with events of the past.</summary>
    bool IsRewindable { get; }

    /// <summary>Which way events go.</summary>
    StreamProviderDirection Direction { get; }

    /// <summary>Puts events that were published together into the stream's queue. They are accepted when the task has completed.</summary>
    Task QueueMessageBatchAsync<T>(StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext);

    /// <summary>Makes what takes events out of a queue.</summary>
    IQueueAdapterReceiver CreateReceiver(QueueId queueId);
}
