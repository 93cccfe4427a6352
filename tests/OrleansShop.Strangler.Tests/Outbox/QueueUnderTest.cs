using System.Collections.Concurrent;
using OrleansShop.Strangler.Events;
using OrleansShop.Strangler.Outbox;

namespace OrleansShop.Strangler.Tests.Outbox;

/// <summary>The queue of all silos of a test, which can be away, and can stop answering.</summary>
internal sealed class QueueUnderTest : IEventTransport
{
    private readonly ConcurrentQueue<CloudEvent> _published = new();
    private volatile bool _isAway;
    private volatile TaskCompletionSource? _stuck;

    public IReadOnlyCollection<CloudEvent> Published => _published;

    public int Tries => _tries;

    public bool IsAway
    {
        set => _isAway = value;
    }

    private int _tries;

    public void StopAnswering() => _stuck = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Answers again; what was asked meanwhile never arrived.</summary>
    public void Answer() => _stuck = null;

    public async Task PublishAsync(StreamId stream, CloudEvent happened)
    {
        Interlocked.Increment(ref _tries);
        if (_stuck is { } stuck) await stuck.Task;
        if (_isAway) throw new IOException("The queue is away.");
        _published.Enqueue(happened);
    }
}
