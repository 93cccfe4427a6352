using Orleans.Runtime;
using Orleans.Streams;
using OrleansShop.Engine.Streams.Events;
using OrleansShop.Engine.Streams.Providers;
using OrleansShop.Engine.Streams.Subscribing;

namespace OrleansShop.Engine.Streams.Publishing;

/// <summary>
/// A stream, as publishers and subscribers see it. The way of an event begins here.
/// </summary>
internal sealed class StreamOf<T>(StreamProvider provider, StreamId stream, SubscriptionDesk desk) : IAsyncStream<T>
{
    public StreamId StreamId => stream;

    public string ProviderName => provider.Name;

    public bool IsRewindable => provider.IsRewindable;

    public Task OnNextAsync(T item, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Publish([item], token);
    }

    public Task OnNextBatchAsync(IEnumerable<T> batch, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var items = batch.ToArray();
        if (items.Length == 0)
            throw new ArgumentException($"Nothing was given to publish to stream {stream}: a batch has at least one event.", nameof(batch));
        return Array.IndexOf(items, default) is var at and >= 0 && items[at] is null
            ? throw new ArgumentException($"Event {at} of the batch for stream {stream} is null.", nameof(batch))
            : Publish(items, token);
    }

    public Task OnCompletedAsync() => Signal(new StreamSignal(Error: null));

    public Task OnErrorAsync(Exception ex)
    {
        ArgumentNullException.ThrowIfNull(ex);
        return Signal(new StreamSignal(ex));
    }

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer) => SubscribeAsync(observer, token: null);

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token, string? filterData = null)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return desk.Subscribe<T>(provider, stream, new ItemSink<T>(observer, token), token, filterData);
    }

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncBatchObserver<T> observer) => SubscribeAsync(observer, token: null);

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncBatchObserver<T> observer, StreamSequenceToken? token)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return desk.Subscribe<T>(provider, stream, new BatchSink<T>(observer, token), token, filterData: null);
    }

    public Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles() => desk.GetAll<T>(provider, stream);

    public bool Equals(IAsyncStream<T>? other) => other is not null && other.StreamId == stream && other.ProviderName == provider.Name;

    public override bool Equals(object? obj) => Equals(obj as IAsyncStream<T>);

    public override int GetHashCode() => HashCode.Combine(provider.Name, stream);

    public int CompareTo(IAsyncStream<T>? other)
    {
        if (other is null)
            return 1;
        return string.CompareOrdinal(provider.Name, other.ProviderName) is var byName and not 0 ? byName : stream.CompareTo(other.StreamId);
    }

    public override string ToString() => $"{provider.Name}/{stream}";

    // (1) The event and what travels with it: the request context, and the activity that publishes.
    private async Task Publish<TEvent>(TEvent[] events, StreamSequenceToken? token)
    {
        var adapter = await provider.Adapter;
        if ((adapter.Direction & StreamProviderDirection.WriteOnly) == 0)
            throw new InvalidOperationException($"Stream provider \"{provider.Name}\" only takes events out of its queues; nothing can be published to {stream}.");
        using var activity = StreamActivities.StartPublish(provider.Name, stream);

        // (2) Into the queue. When this completes, the event is accepted.
        try
        {
            await adapter.QueueMessageBatchAsync(stream, events, token, StreamActivities.ContextToCarry(activity));
        }
        catch (Exception e)
        {
            Diagnostics.CallActivities.Fail(activity, e);
            throw;
        }

        desk.Metrics.Published(provider.Name, events.Length);
    }

    private async Task Signal(StreamSignal signal)
    {
        if (await provider.Adapter is not IMaySignal)
            throw new NotSupportedException($"The queues of stream provider \"{provider.Name}\" carry events only, not the end of stream {stream} or an error.");
        await Publish([signal], token: null);
    }
}
