using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Engine.Calls;

namespace OrleansShop.Engine.Streams.Memory;

/// <summary>Takes over queues that other processes leave behind.</summary>
internal sealed class MemoryQueueHeir : IMemoryQueueHeir
{
    /// <summary>The name under which other silos call this one.</summary>
    public const string SystemTargetName = "memory-streams";

    private readonly ProcessMemory _memory;
    private readonly IServiceProvider _services;

    public MemoryQueueHeir(ProcessMemory memory, IServiceProvider services, LocalObservers observers)
    {
        _memory = memory;
        _services = services;
        observers.Add(SystemTargetName, this);
    }

    public ValueTask<Guid> Memory() => new(_memory.Id);

    public ValueTask TakeOver(string provider, string queue, List<HandedOverMessage> messages, long last)
    {
        _services.GetRequiredKeyedService<MemoryQueuesOfSilo>(provider).Queues[queue].TakeOver(messages.Select(static message => message.ToMessage()), last);
        return default;
    }
}
