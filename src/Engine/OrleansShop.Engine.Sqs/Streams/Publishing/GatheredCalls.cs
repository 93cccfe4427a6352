using Orleans.Runtime;

namespace OrleansShop.Engine.Sqs.Streams.Publishing;

/// <summary>
/// Puts what many callers want into calls with several entries. An entry that comes while no call is under way leaves at once, alone; those that come meanwhile leave together when a call has
/// ended, or as soon as they fill one. Thread-safe.
/// </summary>
/// <typeparam name="TEntry">What a caller wants.</typeparam>
/// <typeparam name="TAnswer">What became of it.</typeparam>
/// <param name="what">What the entries are, for messages.</param>
/// <param name="maxBytes">The most bytes of one call.</param>
/// <param name="maxCalls">The most calls under way.</param>
/// <param name="maxWaiting">The most entries that wait; more are refused.</param>
/// <param name="call">Calls; returns an answer for each entry, in their order.</param>
internal sealed class GatheredCalls<TEntry, TAnswer>(string what, long maxBytes, int maxCalls, int maxWaiting, Func<IReadOnlyList<TEntry>, Task<IReadOnlyList<TAnswer>>> call)
{
    /// <summary>What SQS takes in one call.</summary>
    private const int MaxEntries = 10;

    // Guards the fields below.
    private readonly Lock _gate = new();
    private readonly Queue<Waiting> _waiting = new();
    private long _waitingBytes;
    private int _underWay;

    /// <summary>Whether nothing waits and no call is under way.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
                return _underWay == 0 && _waiting.Count == 0;
        }
    }

    /// <summary>Has an entry sent.</summary>
    /// <exception cref="LimitExceededException">Too many wait.</exception>
    public Task<TAnswer> AddAsync(TEntry entry, long bytes)
    {
        var waiting = new Waiting(entry, bytes);
        List<Waiting>? leaving;
        lock (_gate)
        {
            if (_waiting.Count >= maxWaiting)
                throw new LimitExceededException($"{_waiting.Count} {what} wait to be sent, which is the most that may. This one was not taken. Send slower, or find out why the queue is slow.");
            _waiting.Enqueue(waiting);
            _waitingBytes += bytes;
            leaving = Take();
        }

        Send(leaving);
        return waiting.Task;
    }

    // Under the lock. Null if it is better to wait for more.
    private List<Waiting>? Take()
    {
        var isFull = _waiting.Count >= MaxEntries || _waitingBytes >= maxBytes;
        if (_waiting.Count == 0 || _underWay >= maxCalls || (_underWay > 0 && !isFull)) return null;
        List<Waiting> taken = [];
        for (var bytes = 0L; taken.Count < MaxEntries && _waiting.TryPeek(out var next) && (taken.Count == 0 || bytes + next.Bytes <= maxBytes); bytes += next.Bytes)
            taken.Add(_waiting.Dequeue());
        foreach (var entry in taken) _waitingBytes -= entry.Bytes;
        _underWay++;
        return taken;
    }

    // On the pool: whoever adds an entry may be a grain, whose turns have better to do.
    private void Send(List<Waiting>? leaving)
    {
        if (leaving is not null) _ = Task.Run(() => SendAsync(leaving));
    }

    private async Task SendAsync(List<Waiting> entries)
    {
        try
        {
            var answers = await call([.. entries.Select(static entry => entry.Entry)]).ConfigureAwait(false);
            for (var i = 0; i < entries.Count; i++) entries[i].SetResult(answers[i]);
        }
#pragma warning disable CA1031 // Each caller gets it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            foreach (var entry in entries) entry.TrySetException(failure);
        }

        List<Waiting>? leaving;
        lock (_gate)
        {
            _underWay--;
            leaving = Take();
        }

        Send(leaving);
    }

    // The answer to an entry, and the entry until then.
    private sealed class Waiting(TEntry entry, long bytes) : TaskCompletionSource<TAnswer>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public TEntry Entry => entry;

        public long Bytes => bytes;
    }
}
