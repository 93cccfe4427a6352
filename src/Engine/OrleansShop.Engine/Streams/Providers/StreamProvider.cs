using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Streams;
using OrleansShop.Engine.Streams.Publishing;
using OrleansShop.Engine.Streams.Pulling;
using OrleansShop.Engine.Streams.Subscribing;

namespace OrleansShop.Engine.Streams.Providers;

/// <summary>A stream provider in one process: its adapter, its mapper, and the way to its streams.</summary>
internal sealed class StreamProvider(string name, IQueueAdapterFactory factory, StreamPubSubType pubSubType, SubscriptionDesk desk) : IStreamProvider
{
    private readonly Lazy<IStreamQueueMapper> _mapper = new(factory.GetStreamQueueMapper);

    // Guards _adapter.
    private readonly Lock _gate = new();
    private Task<IQueueAdapter>? _adapter;
    private volatile IQueueAdapter? _made;

    public string Name => name;

    public IQueueAdapterFactory Factory => factory;

    public IStreamQueueMapper Mapper => _mapper.Value;

    public StreamPubSubType PubSubType => pubSubType;

    public bool IsRewindable => (_made ?? throw new InvalidOperationException(
        $"Stream provider \"{name}\" is not ready yet: its host is being started, or its adapter could not be made.")).IsRewindable;

    /// <summary>The adapter, made when it is first asked for; made again if that failed.</summary>
    public Task<IQueueAdapter> Adapter
    {
        get
        {
            lock (_gate)
            {
                if (_adapter is null or { IsFaulted: true } or { IsCanceled: true })
                    _adapter = Make();
                return _adapter;
            }
        }
    }

    /// <summary>The provider with a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static StreamProvider Of(IServiceProvider services, string name) => services.GetKeyedService<StreamProvider>(name) ?? throw new KeyNotFoundException(
        $"There is no stream provider \"{name}\" here. Added are: {Others(services)}. Call AddMemoryStreams(\"{name}\") or AddPersistentStreams on the silo builder, or on the client builder in a client.");

    public IAsyncStream<T> GetStream<T>(StreamId streamId)
    {
        if (streamId.FullKey.IsEmpty)
            throw new ArgumentException("A default StreamId names no stream. Use StreamId.Create.", nameof(streamId));
        return new StreamOf<T>(this, streamId, desk);
    }

    /// <summary>The agent that pulls the queue of a stream.</summary>
    public GrainId AgentOf(StreamId stream) => StreamAgentGrain.IdOf(name, Mapper.GetQueueForStream(stream));

    private async Task<IQueueAdapter> Make() => _made = await factory.CreateAdapter(CancellationToken.None);

    private static string Others(IServiceProvider services)
    {
        var names = string.Join(", ", services.GetServices<StreamProviderName>().Select(static known => $"\"{known.Name}\"").Distinct().Order(StringComparer.Ordinal));
        return names.Length == 0 ? "none" : names;
    }
}
