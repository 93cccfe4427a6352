using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;
using OrleansShop.Engine.Calls;

namespace OrleansShop.Engine.Streams.Memory;

/// <summary>The parts of a provider of streams in memory.</summary>
internal sealed class MemoryAdapterFactory(string name, IServiceProvider services) : IQueueAdapterFactory
{
    private readonly HashRingBasedStreamQueueMapper _mapper = new(Options<HashRingStreamQueueMapperOptions>(services, name), name.ToLowerInvariant());

    public Task<IQueueAdapter> CreateAdapter() => Task.FromResult<IQueueAdapter>(new MemoryAdapter(
        name,
        _mapper,
        MemoryBodies.SerializerOf(services, name),
        services.GetRequiredService<ReferenceFactory>(),
        services.GetKeyedService<MemoryQueuesOfSilo>(name)?.Queues,
        services.GetService<MemoryQueueHandover>(),
        services.GetKeyedService<MemoryDeadLetters>(name),
        Options<MemoryStreamQueueOptions>(services, name).MaxMessageBytes,
        services.GetRequiredService<TimeProvider>()));

    public IQueueAdapterCache GetQueueAdapterCache() => new SimpleQueueAdapterCache(Options<SimpleQueueCacheOptions>(services, name), name, services.GetRequiredService<ILoggerFactory>());

    public IStreamQueueMapper GetStreamQueueMapper() => _mapper;

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) =>
        Task.FromResult(services.GetKeyedService<IStreamFailureHandler>(name) ?? new NoOpStreamDeliveryFailureHandler());

    private static TOptions Options<TOptions>(IServiceProvider services, string name) => services.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name);
}
