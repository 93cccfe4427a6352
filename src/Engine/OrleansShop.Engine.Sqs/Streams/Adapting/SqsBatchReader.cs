using Orleans.Providers;
using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;
using OrleansShop.Engine.Streams.Events;

namespace OrleansShop.Engine.Sqs.Streams.Adapting;

/// <summary>A message of a queue as one subscriber reads it. Its bytes are read once.</summary>
internal sealed class SqsBatchReader(SqsPayload payload, long sequence, IMemoryMessageBodySerializer serializer) : IBatchContainer, IMaySignal
{
    private MemoryMessageBody? _body;

    public StreamId StreamId => payload.Stream;

    public StreamSequenceToken SequenceToken => new EventSequenceTokenV2(sequence);

    public bool IsSignal => payload.IsSignal;

    private MemoryMessageBody Body => _body ??= serializer.Deserialize(payload.Body);

    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() => Body.Events.Select((item, index) => item is T wanted
        ? Tuple.Create<T, StreamSequenceToken>(wanted, new EventSequenceTokenV2(sequence, index))
        : throw new InvalidCastException($"Stream {StreamId} carries a {item.GetType()}, and its subscriber takes {typeof(T)}. Publishers and subscribers have to agree on the type of a stream's events."));

    public bool ImportRequestContext()
    {
        RequestContext.Clear();
        foreach (var (key, value) in Body.RequestContext ?? []) RequestContext.Set(key, value);
        return Body.RequestContext is not null;
    }
}
