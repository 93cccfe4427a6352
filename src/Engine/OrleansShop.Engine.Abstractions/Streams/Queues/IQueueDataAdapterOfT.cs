namespace Orleans.Streams;

/// <summary>Makes messages of a kind of queue out of what is published, and reads them.</summary>
/// <typeparam name="TQueueMessage">A message of the queue.</typeparam>
/// <typeparam name="TMessageBatch">What travels to subscribers.</typeparam>
public interface IQueueDataAdapter<TQueueMessage, TMessageBatch> : IQueueDataAdapter<TQueueMessage>
{
    /// <summary>Reads a message.</summary>
    /// <param name="queueMessage">The message as it came out of the queue.</param>
    /// <param name="sequenceId">Its place among those that this receiver has taken: grows with each.</param>
    TMessageBatch FromQueueMessage(TQueueMessage queueMessage, long sequenceId);
}
