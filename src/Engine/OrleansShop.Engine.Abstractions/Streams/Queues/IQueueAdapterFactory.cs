namespace Orleans.Streams;

/// <summary>Makes the parts of a stream provider that depend on the kind of queue.</summary>
public interface IQueueAdapterFactory
{
    /// <summary>Makes the adapter. Called once for each provider and process.</summary>
    Task<IQueueAdapter> CreateAdapter();

    /// <summary>Makes the adapter. Called once for each provider and process.</summary>
    Task<IQueueAdapter> CreateAdapter(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return CreateAdapter();
    }

    /// <summary>Returns what keeps the events that are being delivered.</summary>
    IQueueAdapterCache GetQueueAdapterCache();

    /// <summary>Returns what maps streams to queues: the same in every process.</summary>
    IStreamQueueMapper GetStreamQueueMapper();

    /// <summary>Returns what is called when an event cannot be delivered.</summary>
    Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId);
}
