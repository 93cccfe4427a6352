namespace Orleans.Configuration;

/// <summary>How many queues a stream provider has.</summary>
public class HashRingStreamQueueMapperOptions
{
    /// <summary>The number if none is set: 8.</summary>
    public const int DEFAULT_NUM_QUEUES = 8;

    /// <summary>How many queues; at least 1, and the same in every silo and client. Each queue is pulled by one agent. Default: 8.</summary>
    public int TotalQueueCount { get; set; } = DEFAULT_NUM_QUEUES;
}
