namespace OrleansShop.Engine.Calls;

/// <summary>
/// The clock of call deadlines and idle times: milliseconds since the silo or client was built. Reading it costs one memory access,
/// because it moves only with each tick.
/// </summary>
/// <remarks>The alternative, asking the time provider at every call, costs more than the rest of the bookkeeping of a local call.</remarks>
internal sealed class CallClock : IDisposable
{
    /// <summary>How far <see cref="NowMs"/> may lag. Deadlines are checked as often.</summary>
    public const int TickMs = 250;

    private readonly long _origin;
    private volatile Action<long>[] _ticked = [];
    private readonly Lock _adding = new();
    private ITimer? _timer;
    private long _nowMs;
    private int _ticking;

    public CallClock(TimeProvider time)
    {
        Time = time;
        _origin = time.GetTimestamp();
    }

    public TimeProvider Time { get; }

    /// <summary>Now, at most one tick old.</summary>
    public long NowMs => Volatile.Read(ref _nowMs);

    /// <summary>Now, as exactly as the time provider says.</summary>
    public long ExactMs => (long)Time.GetElapsedTime(_origin).TotalMilliseconds;

    /// <summary>The deadline of a call made now; never earlier than asked for, at most two ticks later.</summary>
    public long DeadlineAfter(TimeSpan timeout)
    {
        if (timeout == Timeout.InfiniteTimeSpan) return long.MaxValue;

        // A short timeout would be lengthened noticeably by the age of NowMs.
        var now = timeout < TimeSpan.FromSeconds(5) ? ExactMs : NowMs + TickMs;
        return now + (long)timeout.TotalMilliseconds;
    }

    /// <summary>Has something done at every tick.</summary>
    public void AtEachTick(Action<long> action)
    {
        lock (_adding) _ticked = [.. _ticked, action];
    }

    public void Start() => _timer ??= Time.CreateTimer(static clock => ((CallClock)clock!).Tick(), this, TimeSpan.FromMilliseconds(TickMs), TimeSpan.FromMilliseconds(TickMs));

    public void Dispose() => _timer?.Dispose();

    private void Tick()
    {
        Volatile.Write(ref _nowMs, ExactMs);

        // A tick that takes longer than the period must not run beside itself; the next one does its work.
        if (Interlocked.Exchange(ref _ticking, 1) != 0) return;
        foreach (var action in _ticked) action(_nowMs);
        Volatile.Write(ref _ticking, 0);
    }
}
