namespace Orleans.Configuration;

/// <summary>How much of a queue is in memory.</summary>
public class SimpleQueueCacheOptions
{
    /// <summary>The size if none is set: 4,096 messages.</summary>
    public const int DEFAULT_CACHE_SIZE = 4096;

    /// <summary>
    /// How many messages of a queue are in memory at most, those under way and those kept for going back together; at least 1. When as many are
    /// under way, the agent takes no more out of the queue. Default: 4096.
    /// </summary>
    public int CacheSize { get; set; } = DEFAULT_CACHE_SIZE;
}
