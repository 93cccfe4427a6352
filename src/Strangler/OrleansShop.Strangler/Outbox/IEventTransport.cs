using OrleansShop.Strangler.Events;

namespace OrleansShop.Strangler.Outbox;

/// <summary>The way of events out of outboxes. Thread-safe.</summary>
public interface IEventTransport
{
    /// <summary>Publishes an event; when the task has ended, it is accepted for good. If it fails, whether it was accepted is unknown.</summary>
    Task PublishAsync(StreamId stream, CloudEvent happened);
}
