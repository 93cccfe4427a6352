namespace Orleans.Streams;

/// <summary>Makes the caches of a provider's queues.</summary>
public interface IQueueAdapterCache
{
    /// <summary>Makes the cache of a queue.</summary>
    IQueueCache CreateQueueCache(QueueId queueId);
}
