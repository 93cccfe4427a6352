using Orleans.Concurrency;
using Orleans.Runtime;

namespace OrleansShop.Engine.Streams.Memory;

/// <summary>How publishers reach a queue in memory: through the agent that pulls it, wherever in the cluster that is.</summary>
internal interface IMemoryQueueExtension : IGrainExtension
{
    /// <summary>Puts a message into the queue. It is accepted when the task has completed.</summary>
    [AlwaysInterleave]
    Task Add(StreamId stream, Immutable<byte[]> payload, bool isSignal);

    /// <summary>Puts a message into the queue for one subscription alone.</summary>
    [AlwaysInterleave]
    Task AddFor(Guid subscription, StreamId stream, Immutable<byte[]> payload, bool isSignal);
}
