using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;
using OrleansShop.Engine.Sqs.Streams.Publishing;

namespace OrleansShop.Engine.Sqs.Streams;

/// <summary>The parts of a provider of streams over SQS.</summary>
internal sealed class SqsAdapterFactory(string name, IServiceProvider services) : IQueueAdapterFactory
{
    private readonly SqsStreams _streams = services.GetRequiredKeyedService<SqsStreams>(name);

    /// <summary>A silo has all queues before it starts, or does not start; a client looks for a queue when it publishes to it.</summary>
    public async Task<IQueueAdapter> CreateAdapter()
    {
        if (services.GetService<ILocalSiloDetails>() is not null)
            await Task.WhenAll(_streams.Mapper.GetAllQueues().Select(_streams.Queues.Of)).ConfigureAwait(false);
        return new SqsAdapter(_streams);
    }

    public IQueueAdapterCache GetQueueAdapterCache() =>
        new SimpleQueueAdapterCache(services.GetRequiredService<IOptionsMonitor<SimpleQueueCacheOptions>>().Get(name), name, _streams.Loggers);

    public IStreamQueueMapper GetStreamQueueMapper() => _streams.Mapper;

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) =>
        Task.FromResult(services.GetKeyedService<IStreamFailureHandler>(name) ?? new NoOpStreamDeliveryFailureHandler());
}
