using Orleans.Streams;

namespace OrleansShop.Engine.Streams.Memory;

/// <summary>Takes messages out of a queue in memory. Waits for the next one instead of being asked again and again.</summary>
internal sealed class MemoryReceiver(MemoryQueue queue, TimeProvider time) : IQueueAdapterReceiver
{
    // An upper bound only: an arrival ends the wait at once, and so does a stop.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(10);

    private long _reader;

    public Task Initialize(TimeSpan timeout)
    {
        _reader = queue.Open();
        return Task.CompletedTask;
    }

    public Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount) => GetQueueMessagesAsync(maxCount, CancellationToken.None);

    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount, CancellationToken cancellationToken)
    {
        if (!queue.Arrival.IsCompleted)
            await queue.Arrival.WaitAsync(s_longestWait, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        cancellationToken.ThrowIfCancellationRequested();
        return [.. queue.Take(_reader, maxCount).Select(static message => new MemoryBatchContainer(message))];
    }

    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages)
    {
        queue.Acknowledge(messages.Cast<MemoryBatchContainer>().Select(static message => message.Sequence));
        return Task.CompletedTask;
    }

    public Task Shutdown(TimeSpan timeout) => Task.CompletedTask;
}
