namespace OrleansShop.Engine.Streams.Memory;

/// <summary>How much a provider of streams in memory takes. Named options: the name is the provider's.</summary>
public class MemoryStreamQueueOptions
{
    /// <summary>The most messages of one queue that are not delivered; at least 1. At the limit publishing fails. Default: 100000.</summary>
    public int MaxMessages { get; set; } = 100_000;

    /// <summary>The most bytes in the messages of one queue that are not delivered. At the limit publishing fails. Default: 268435456.</summary>
    public long MaxBytes { get; set; } = 268_435_456;

    /// <summary>The most bytes of what is published at once, serialized. What is larger is refused at the publisher. Default: 16777216.</summary>
    public int MaxMessageBytes { get; set; } = 16_777_216;
}
