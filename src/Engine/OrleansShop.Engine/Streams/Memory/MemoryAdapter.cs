using Orleans.Concurrency;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Streams;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Streams.Events;
using OrleansShop.Engine.Streams.Pulling;

namespace OrleansShop.Engine.Streams.Memory;

/// <summary>Publishes into memory: a call to the agent of the stream's queue, which keeps the message in its process.</summary>
/// <param name="name">The provider's name.</param>
/// <param name="mapper">Knows the queue of each stream.</param>
/// <param name="serializer">Writes what is published.</param>
/// <param name="references">Makes references to agents.</param>
/// <param name="queues">The queues; null in a client, which only publishes.</param>
/// <param name="handover">Carries what is left in a queue to its next owner; null in a client.</param>
/// <param name="deadLetters">Keeps what could not be delivered; null if the provider has no dead letters.</param>
/// <param name="maxMessageBytes">The most bytes of what is published at once.</param>
/// <param name="time">For receivers that wait.</param>
internal sealed class MemoryAdapter(
    string name, IStreamQueueMapper mapper, IMemoryMessageBodySerializer serializer, ReferenceFactory references, MemoryQueues? queues, MemoryQueueHandover? handover, MemoryDeadLetters? deadLetters,
    int maxMessageBytes, TimeProvider time)
    : IQueueAdapter, IMaySignal
{
    public string Name => name;

    public bool IsRewindable => true;

    public StreamProviderDirection Direction => StreamProviderDirection.ReadWrite;

    bool IMaySignal.IsSignal => true;

    public Task QueueMessageBatchAsync<T>(StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext)
    {
        if (token is not null)
            throw new ArgumentException($"Streams in memory number their events themselves: {streamId} of provider \"{name}\" cannot take {token}. Publish without a token.", nameof(token));
        var payload = serializer.Serialize(new MemoryMessageBody(events.Select(static item => (object)item!), requestContext));
        if (payload.Count > maxMessageBytes)
        {
            throw new LimitExceededException(
                $"What was published at once to {streamId} of provider \"{name}\" has {payload.Count} bytes; MemoryStreamQueueOptions.MaxMessageBytes allows {maxMessageBytes}. It was not accepted. Publish a reference to it instead.");
        }

        var bytes = payload.Array is { } array && payload.Offset == 0 && payload.Count == array.Length ? array : payload.ToArray();
        return references.Create<IMemoryQueueExtension>(StreamAgentGrain.IdOf(name, mapper.GetQueueForStream(streamId))).Add(streamId, new Immutable<byte[]>(bytes), typeof(T) == typeof(StreamSignal));
    }

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId)
    {
        if (queues is null || handover is null)
            throw new InvalidOperationException($"Queues of stream provider \"{name}\" are pulled by silos, not by clients.");
        return new MemoryReceiver(name, queueId, queues[queueId], handover, deadLetters, time);
    }
}
