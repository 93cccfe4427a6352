using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;
using OrleansShop.Strangler.Events;

namespace OrleansShop.Strangler.Outbox;

/// <summary>Publishes to the silo's stream provider for events.</summary>
internal sealed class StreamEventTransport(IServiceProvider services) : IEventTransport
{
    public Task PublishAsync(StreamId stream, CloudEvent happened) =>
        services.GetRequiredKeyedService<IStreamProvider>(EventStreams.Provider).GetStream<CloudEvent>(stream).OnNextAsync(happened);
}
