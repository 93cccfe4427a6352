using System.Collections.Concurrent;
using Orleans.Runtime;
using OrleansShop.Engine.Calls;

namespace OrleansShop.Engine.Streams.Subscribing;

/// <summary>The subscriptions of code outside of grains. Each has an observer object of its own, so that a slow one keeps no other waiting; they end with the process.</summary>
internal sealed class ProcessConsumers(LocalObservers observers)
{
    private readonly ConcurrentDictionary<Guid, (StreamConsumerExtension Consumer, GrainId Id)> _consumers = new();

    public bool Knows(Guid subscription) => _consumers.ContainsKey(subscription);

    /// <summary>Whether a consumer is an object of this process.</summary>
    public bool Owns(GrainId consumer) => observers.Owns(consumer);

    public GrainId Attach(Guid subscription, EventSink sink, SubscriptionDesk desk)
    {
        var (consumer, id) = _consumers.GetOrAdd(subscription, _ =>
        {
            var created = desk.NewConsumer();
            return (created, observers.Add(created));
        });
        consumer.Attach(subscription, sink);
        return id;
    }

    public void Detach(Guid subscription)
    {
        if (_consumers.TryRemove(subscription, out var known))
            observers.Remove(known.Id);
    }
}
