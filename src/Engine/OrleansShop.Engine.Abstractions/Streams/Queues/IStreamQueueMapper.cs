using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>Says which queue a stream is in. The same in every process and for ever, or events of one stream end up in two queues.</summary>
public interface IStreamQueueMapper
{
    /// <summary>Returns all queues.</summary>
    IEnumerable<QueueId> GetAllQueues();

    /// <summary>Returns the queue of a stream.</summary>
    QueueId GetQueueForStream(StreamId streamId);
}
