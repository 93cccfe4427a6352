using Orleans;
using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;
using OrleansShop.Engine.Streams.DeadLetters;
using OrleansShop.Engine.Streams.Events;

namespace OrleansShop.Engine.Streams.Memory;

/// <summary>A message of a stream in memory on its way to subscribers: bytes, which each reader reads for itself.</summary>
[GenerateSerializer]
[Immutable]
internal sealed class MemoryBatchContainer : IBatchContainer, IReadWithServices, IMaySignal, IRetriedMessage
{
    [Id(0)]
    private readonly StreamId _stream;

    [Id(1)]
    private readonly long _sequence;

    [Id(2)]
    private readonly byte[] _payload;

    [Id(3)]
    private readonly bool _isSignal;

    // For the agent, not for those who read it.
    [NonSerialized]
    private readonly Guid[]? _onlyFor;

    public MemoryBatchContainer(MemoryMessage message)
    {
        _stream = message.Stream;
        _sequence = message.Sequence;
        _payload = message.Payload;
        _isSignal = message.IsSignal;
        _onlyFor = message.OnlyFor is { } subscription ? [subscription] : null;
    }

    public StreamId StreamId => _stream;

    public StreamSequenceToken SequenceToken => new EventSequenceTokenV2(_sequence);

    public long Sequence => _sequence;

    public byte[] Payload => _payload;

    public bool IsSignal => _isSignal;

    /// <remarks>What ends a process takes the queue along, and everything else an agent counts itself.</remarks>
    int IRetriedMessage.EarlierAttempts => 0;

    IReadOnlyCollection<Guid>? IRetriedMessage.OnlyFor => _onlyFor;

    public IBatchContainer ForReader(IServiceProvider services, string provider) => new MemoryBatchReader(this, MemoryBodies.SerializerOf(services, provider));

    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() => throw ReadDirectly();

    public bool ImportRequestContext() => throw ReadDirectly();

    private static InvalidOperationException ReadDirectly() => new($"The bytes of a message in memory are read through {nameof(ForReader)}.");
}
