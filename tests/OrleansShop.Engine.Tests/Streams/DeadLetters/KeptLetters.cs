using System.Collections.Concurrent;
using Orleans.Streams;
using OrleansShop.Engine.Streams.DeadLetters;

namespace OrleansShop.Engine.Tests.Streams.DeadLetters;

/// <summary>Dead letters in a list, with failures on request.</summary>
internal sealed class KeptLetters : IDeadLetterQueue
{
    private int _tries;

    public ConcurrentQueue<(IBatchContainer Message, DeadLetterReason Reason)> All { get; } = new();

    public int Tries => _tries;

    /// <summary>Makes every call fail for as long as it is set.</summary>
    public volatile Exception? Failure;

    public Task AddAsync(IBatchContainer message, DeadLetterReason reason, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _tries);
        if (Failure is { } failure)
            return Task.FromException(failure);
        All.Enqueue((message, reason));
        return Task.CompletedTask;
    }
}
