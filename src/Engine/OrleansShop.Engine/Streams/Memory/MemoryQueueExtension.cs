using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Runtime;
using OrleansShop.Engine.Streams.Pulling;

namespace OrleansShop.Engine.Streams.Memory;

/// <summary>The queue's end of publishing: in the process, and in the turn, of the agent that pulls it.</summary>
internal sealed class MemoryQueueExtension : IMemoryQueueExtension
{
    private readonly MemoryQueue _queue;
    private readonly MemoryQueueLimits _limits;

    public MemoryQueueExtension(IGrainContextAccessor accessor, IServiceProvider services, IOptionsMonitor<MemoryStreamQueueOptions> options)
    {
        // Made in a turn of the agent.
        var agent = accessor.GrainContext!.GrainId;
        var provider = StreamAgentGrain.ProviderOf(agent);
        _queue = services.GetRequiredKeyedService<MemoryQueuesOfSilo>(provider).Queues[agent.Key.ToString()!];
        var configured = options.Get(provider);
        _limits = new(configured.MaxMessages, configured.MaxBytes);
    }

    public Task Add(StreamId stream, Immutable<byte[]> payload, bool isSignal)
    {
        _queue.Add(stream, payload.Value, isSignal, onlyFor: null, _limits);
        return Task.CompletedTask;
    }

    public Task AddFor(Guid subscription, StreamId stream, Immutable<byte[]> payload, bool isSignal)
    {
        _queue.Add(stream, payload.Value, isSignal, subscription, _limits);
        return Task.CompletedTask;
    }
}
