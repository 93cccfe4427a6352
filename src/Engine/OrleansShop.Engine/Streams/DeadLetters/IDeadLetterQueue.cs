using Orleans.Streams;

namespace OrleansShop.Engine.Streams.DeadLetters;

/// <summary>
/// Takes the events of a stream provider that a subscription could not take, for people to look at and to send again. Registered under the provider's name; a provider that has none gives such
/// events up. The agent of a queue calls it before it deletes the event from its queue. Thread-safe.
/// </summary>
public interface IDeadLetterQueue
{
    /// <summary>
    /// Keeps a message for one subscription. When the task has completed, it is safe. It may be called again with the same message and subscription, after a crash or a failure: there is
    /// one dead letter then, not two.
    /// </summary>
    /// <param name="message">The message as the queue's receiver gave it out.</param>
    /// <param name="reason">Who could not take it, and why.</param>
    /// <param name="cancellationToken">Cancelled when the agent stops. What is not kept by then is delivered again by the next agent.</param>
    Task AddAsync(IBatchContainer message, DeadLetterReason reason, CancellationToken cancellationToken);
}
