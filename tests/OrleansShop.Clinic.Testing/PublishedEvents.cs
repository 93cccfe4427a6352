using System.Collections.Concurrent;
using Orleans.Streams;
using OrleansShop.Strangler.Events;
using OrleansShop.Testing.Waiting;

namespace OrleansShop.Clinic.Testing;

/// <summary>The events of a stream, as a subscriber gets them.</summary>
public sealed class PublishedEvents : IAsyncObserver<CloudEvent>
{
    private readonly ConcurrentQueue<CloudEvent> _events = new();

    public IReadOnlyCollection<CloudEvent> All => _events;

    public Task HasAsync(int count) => Eventually.Holds(() => _events.Count >= count, $"{count} events are published");

    public Task OnNextAsync(CloudEvent item, StreamSequenceToken? token = null)
    {
        _events.Enqueue(item);
        return Task.CompletedTask;
    }

    public Task OnCompletedAsync() => Task.CompletedTask;

    public Task OnErrorAsync(Exception ex) => Task.FromException(ex);
}
