using Orleans.Streams;
using OrleansShop.Engine.Streams.Monitoring;
using OrleansShop.Engine.Streams.Pulling;

namespace OrleansShop.Engine.Streams.Memory;

/// <summary>Takes messages out of a queue in memory. Waits for the next one instead of being asked again and again.</summary>
/// <param name="provider">The provider's name.</param>
/// <param name="queueId">The queue's name.</param>
/// <param name="queue">The queue.</param>
/// <param name="handover">Carries what is left to the next owner.</param>
/// <param name="deadLetters">What keeps the provider's dead letters; null if it has none.</param>
/// <param name="time">The clock.</param>
internal sealed class MemoryReceiver(string provider, QueueId queueId, MemoryQueue queue, MemoryQueueHandover handover, MemoryDeadLetters? deadLetters, TimeProvider time) : IQueueAdapterReceiver, IQueueStatistics
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

    public Task Shutdown(TimeSpan timeout) => handover.HandOver(provider, queueId.ToString(), queue, StreamAgentGrain.IdOf(provider, queueId));

    public async ValueTask<QueueStatistics> ReadAsync(CancellationToken cancellationToken)
    {
        var (waiting, givenOut, oldest) = queue.Stand();
        var age = oldest is { } since ? time.GetUtcNow() - since : TimeSpan.Zero;
        return new(waiting, givenOut, age < TimeSpan.Zero ? TimeSpan.Zero : age, deadLetters is null ? null : await deadLetters.TryCount(queueId.ToString(), cancellationToken));
    }
}
