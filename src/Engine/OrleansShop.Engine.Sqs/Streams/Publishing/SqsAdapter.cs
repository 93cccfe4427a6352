using Orleans.Runtime;
using Orleans.Streams;
using OrleansShop.Engine.Sqs.Sending;
using OrleansShop.Engine.Sqs.Streams.Receiving;
using OrleansShop.Engine.Streams.Events;

namespace OrleansShop.Engine.Sqs.Streams.Publishing;

/// <summary>Publishes into queues of SQS, and makes what takes events out of them.</summary>
internal sealed class SqsAdapter(SqsStreams streams) : IQueueAdapter, IMaySignal
{
    /// <summary>The room that a message leaves for what it has besides as a dead letter.</summary>
    public const int DeadLetterRoom = 4096;

    public string Name => streams.Name;

    public bool IsRewindable => false;

    public StreamProviderDirection Direction => StreamProviderDirection.ReadWrite;

    bool IMaySignal.IsSignal => true;

    public Task QueueMessageBatchAsync<T>(StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext)
    {
        if (token is not null)
            throw new ArgumentException($"SQS orders events itself: {streamId} of provider \"{Name}\" cannot take {token}. Publish without a token.", nameof(token));
        if (streams.CustomAdapter is not null && typeof(T) == typeof(StreamSignal))
            throw new NotSupportedException($"The data adapter of stream provider \"{Name}\" carries events only, not the end of stream {streamId} or an error.");

        var published = events as IReadOnlyList<T> ?? [.. events];
        return SendAsync(streamId, streams.ToSend(streamId, published, token, requestContext, published is [{ } single] ? streams.Options.EventId?.Invoke(single) : null));
    }

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) => new SqsReceiver(streams, queueId);

    private async Task SendAsync(StreamId stream, SqsOutgoing message)
    {
        var queue = streams.Mapper.GetQueueForStream(stream);
        if (streams.ClaimChecks is { } claims && claims.IsFor(message, MaxBytes))
            message = await claims.StoreAsync(message, $"{stream} of provider \"{Name}\"", streams.Queues.NameOf(queue));
        else if (MessageRules.SizeInBytes(message) is var size && size > MaxBytes)
            throw TooLong(stream, size);
        await streams.PublisherOf(queue).PublishAsync(message);
    }

    private int MaxBytes => streams.Options.MaxMessageBytes - DeadLetterRoom;

    private LimitExceededException TooLong(StreamId stream, int size) => new(
        $"What was published at once to {stream} of provider \"{Name}\" is a message of {size} bytes; SqsStreamOptions.MaxMessageBytes is {streams.Options.MaxMessageBytes}, of which {DeadLetterRoom} stay free. "
        + "It was not accepted. Publish a reference to it instead, or set SqsStreamOptions.ClaimCheckBucket.");
}
