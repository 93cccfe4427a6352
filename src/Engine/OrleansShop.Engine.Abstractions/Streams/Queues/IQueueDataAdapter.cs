using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>Makes messages of a kind of queue out of what is published.</summary>
/// <typeparam name="TQueueMessage">A message of the queue.</typeparam>
public interface IQueueDataAdapter<TQueueMessage>
{
    /// <summary>Makes a message of events that are published together to one stream.</summary>
    TQueueMessage ToQueueMessage<T>(StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext);
}
