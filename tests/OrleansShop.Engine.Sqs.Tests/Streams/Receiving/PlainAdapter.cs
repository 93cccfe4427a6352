using Amazon.SQS.Model;
using Orleans.Providers.Streams.Common;
using Orleans.Streaming.SQS.Streams;
using Orleans.Streams;

namespace OrleansShop.Engine.Sqs.Tests.Streams.Receiving;

/// <summary>Messages whose body is their event.</summary>
internal sealed class PlainAdapter : ISQSDataAdapter
{
    public Message ToQueueMessage<T>(StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext) => new() { Body = $"{events.Single()}" };

    public IBatchContainer FromQueueMessage(Message queueMessage, long sequenceId) => new PlainBatch(queueMessage.Body, sequenceId);
}

internal sealed class PlainBatch(string body, long sequence) : IBatchContainer
{
    public string Body => body;

    public StreamId StreamId => StreamId.Create("plain", "plain");

    public StreamSequenceToken SequenceToken => new EventSequenceTokenV2(sequence);

    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() => [Tuple.Create((T)(object)body, SequenceToken)];

    public bool ImportRequestContext() => false;
}
