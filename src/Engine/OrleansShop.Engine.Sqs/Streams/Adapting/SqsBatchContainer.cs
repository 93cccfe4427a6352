using Orleans;
using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;
using OrleansShop.Engine.Sqs.Streams.Receiving;
using OrleansShop.Engine.Streams.Events;
using OrleansShop.Engine.Streams.Memory;

namespace OrleansShop.Engine.Sqs.Streams.Adapting;

/// <summary>A message of a queue on its way to subscribers: bytes, which each reader reads for itself.</summary>
[GenerateSerializer]
[Immutable]
internal sealed class SqsBatchContainer(SqsPayload payload, long sequence) : IBatchContainer, IReadWithServices, IMaySignal
{
    [Id(0)]
    private readonly SqsPayload _payload = payload;

    [Id(1)]
    private readonly long _sequence = sequence;

    [NonSerialized]
    private HeldMessage? _held;

    /// <summary>What it was when it was received; null for what was not received in this process. Set before the agent has it.</summary>
    public HeldMessage? Held
    {
        get => _held;
        set => _held = value;
    }

    public StreamId StreamId => _payload.Stream;

    public StreamSequenceToken SequenceToken => new EventSequenceTokenV2(_sequence);

    public bool IsSignal => _payload.IsSignal;

    public IBatchContainer ForReader(IServiceProvider services, string provider) =>
        new SqsBatchReader(_payload, _sequence, MemoryBodies.SerializerOf(services, provider));

    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() => throw ReadDirectly();

    public bool ImportRequestContext() => throw ReadDirectly();

    private static InvalidOperationException ReadDirectly() => new($"The bytes of a message of SQS are read through {nameof(ForReader)}.");
}
