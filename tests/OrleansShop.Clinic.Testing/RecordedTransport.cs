using System.Collections.Concurrent;
using OrleansShop.Strangler.Events;
using OrleansShop.Strangler.Outbox;

namespace OrleansShop.Clinic.Testing;

/// <summary>Notes what the queue has accepted.</summary>
internal sealed class RecordedTransport(IEventTransport transport, ConcurrentQueue<CloudEvent> published) : IEventTransport
{
    public async Task PublishAsync(StreamId stream, CloudEvent happened)
    {
        await transport.PublishAsync(stream, happened);
        published.Enqueue(happened);
    }
}
