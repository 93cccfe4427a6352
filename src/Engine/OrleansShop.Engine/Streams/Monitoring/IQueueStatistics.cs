namespace OrleansShop.Engine.Streams.Monitoring;

/// <summary>What an <see cref="Orleans.Streams.IQueueAdapterReceiver"/> implements besides if it can tell how its queue stands. Called at any time between its start and its end, from any thread.</summary>
public interface IQueueStatistics
{
    /// <summary>Asks how the queue stands. Costs at most a call or two of the queue.</summary>
    ValueTask<QueueStatistics> ReadAsync(CancellationToken cancellationToken);
}

