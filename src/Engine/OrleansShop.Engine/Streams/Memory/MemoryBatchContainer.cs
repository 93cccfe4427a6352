using Orleans;
using Orleans.Providers;
using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;
using OrleansShop.Engine.Streams.Events;

namespace OrleansShop.Engine.Streams.Memory;

/// <summary>A message of a stream in memory on its way to subscribers: bytes until somebody reads it, so that no two subscribers share an event.</summary>
[GenerateSerializer]
[Immutable]
internal sealed class MemoryBatchContainer : IBatchContainer, IReadWithServices, IMaySignal
{
    [Id(0)]
    private readonly StreamId _stream;

    [Id(1)]
    private readonly long _sequence;

    [Id(2)]
    private readonly byte[] _payload;

    [Id(3)]
    private readonly bool _isSignal;

    [NonSerialized]
    private IMemoryMessageBodySerializer? _serializer;

    public MemoryBatchContainer(MemoryMessage message)
    {
        _stream = message.Stream;
        _sequence = message.Sequence;
        _payload = message.Payload;
        _isSignal = message.IsSignal;
    }

    public StreamId StreamId => _stream;

    public StreamSequenceToken SequenceToken => new EventSequenceTokenV2(_sequence);

    public long Sequence => _sequence;

    public bool IsSignal => _isSignal;

    public void Attach(IServiceProvider services, string provider) => _serializer ??= MemoryBodies.SerializerOf(services, provider);

    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>()
    {
        var events = Read().Events;
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i] is not T item)
            {
                throw new InvalidCastException(
                    $"Stream {_stream} carries a {events[i].GetType()} at {_sequence}, and its subscriber takes {typeof(T)}. Publishers and subscribers have to agree on the type of a stream's events.");
            }

            yield return Tuple.Create<T, StreamSequenceToken>(item, new EventSequenceTokenV2(_sequence, i));
        }
    }

    public bool ImportRequestContext()
    {
        if (Read().RequestContext is not { } values)
            return false;
        RequestContext.Clear();
        foreach (var (key, value) in values)
            RequestContext.Set(key, value);
        return true;
    }

    // Anew each time: what one subscriber does to an event is not seen by another.
    private MemoryMessageBody Read() => (_serializer ?? throw new InvalidOperationException($"{nameof(Attach)} comes before reading.")).Deserialize(_payload);
}
