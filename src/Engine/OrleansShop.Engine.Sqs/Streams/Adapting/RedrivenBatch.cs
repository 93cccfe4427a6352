using Orleans;
using Orleans.Runtime;
using Orleans.Streams;
using OrleansShop.Engine.Streams.DeadLetters;
using OrleansShop.Engine.Streams.Events;

namespace OrleansShop.Engine.Sqs.Streams.Adapting;

/// <summary>A message that was sent again out of the dead letters, for one subscription.</summary>
/// <param name="message">The message.</param>
/// <param name="subscription">The subscription.</param>
[GenerateSerializer]
[Immutable]
internal sealed class RedrivenBatch(IBatchContainer message, Guid subscription) : IBatchContainer, IReadWithServices, IMaySignal, IRetriedMessage
{
    [Id(0)]
    private readonly IBatchContainer _message = message;

    [Id(1)]
    private readonly Guid _subscription = subscription;

    public StreamId StreamId => _message.StreamId;

    public StreamSequenceToken SequenceToken => _message.SequenceToken;

    public bool IsSignal => _message is IMaySignal { IsSignal: true };

    /// <summary>None: it begins anew. How often SQS has given it out says nothing, because it was waiting in a cache most of those times.</summary>
    public int EarlierAttempts => 0;

    public IReadOnlyCollection<Guid>? OnlyFor => [_subscription];

    public IBatchContainer ForReader(IServiceProvider services, string provider) => _message is IReadWithServices needing ? needing.ForReader(services, provider) : _message;

    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() => _message.GetEvents<T>();

    public bool ImportRequestContext() => _message.ImportRequestContext();
}
