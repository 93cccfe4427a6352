using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Streams;
using OrleansShop.Engine.Streams.Events;

namespace OrleansShop.Engine.Streams.Memory;

/// <summary>A message of a stream in memory as one subscriber reads it. Its bytes are read once.</summary>
internal sealed class MemoryBatchReader(MemoryBatchContainer message, IMemoryMessageBodySerializer serializer) : IBatchContainer, IMaySignal
{
    private MemoryMessageBody? _body;

    public StreamId StreamId => message.StreamId;

    public StreamSequenceToken SequenceToken => message.SequenceToken;

    public bool IsSignal => message.IsSignal;

    private MemoryMessageBody Body => _body ??= serializer.Deserialize(message.Payload);

    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>()
    {
        var events = Body.Events;
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i] is not T item)
            {
                throw new InvalidCastException(
                    $"Stream {StreamId} carries a {events[i].GetType()} at {message.Sequence}, and its subscriber takes {typeof(T)}. Publishers and subscribers have to agree on the type of a stream's events.");
            }

            yield return Tuple.Create<T, StreamSequenceToken>(item, new Orleans.Providers.Streams.Common.EventSequenceTokenV2(message.Sequence, i));
        }
    }

    public bool ImportRequestContext()
    {
        RequestContext.Clear();
        if (Body.RequestContext is not { } values)
            return false;
        foreach (var (key, value) in values)
            RequestContext.Set(key, value);
        return true;
    }
}
