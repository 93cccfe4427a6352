using Orleans.Runtime;

namespace OrleansShop.Engine.Streams.Memory;

/// <summary>What was published at once, in a queue.</summary>
/// <param name="Sequence">Its number: grows by one with each.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Payload">The serialized body.</param>
/// <param name="IsSignal">Whether it is the end of the stream or an error.</param>
/// <param name="AddedAt">When it came into the queue, UTC.</param>
/// <param name="OnlyFor">The one subscription that it is for; null for all.</param>
internal sealed record MemoryMessage(long Sequence, StreamId Stream, byte[] Payload, bool IsSignal, DateTimeOffset AddedAt, Guid? OnlyFor)
{
    /// <summary>Whether it was acknowledged while it was waiting to be given out again.</summary>
    public bool IsDone { get; set; }
}
