namespace Orleans.Streams;

/// <summary>Takes events out of one queue. Called by the queue's agent, one call at a time, except that delivered events are reported beside.</summary>
public interface IQueueAdapterReceiver
{
    /// <summary>Called once, before the first events are taken.</summary>
    Task Initialize(TimeSpan timeout);

    /// <summary>Takes what is there, at most so many; an empty list if there is nothing. What was taken and is not reported as delivered comes again to a later receiver.</summary>
    Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount);

    /// <summary>Takes what is there, at most so many; an empty list if there is nothing.</summary>
    Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return GetQueueMessagesAsync(maxCount);
    }

    /// <summary>Learns what all subscriptions have got, or what was given up: it can go from the queue.</summary>
    Task MessagesDeliveredAsync(IList<IBatchContainer> messages);

    /// <summary>Learns what all subscriptions have got, or what was given up: it can go from the queue.</summary>
    Task MessagesDeliveredAsync(IList<IBatchContainer> messages, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return MessagesDeliveredAsync(messages);
    }

    /// <summary>Called once, after the last events were reported.</summary>
    Task Shutdown(TimeSpan timeout);
}
