namespace OrleansShop.Engine.Membership;

/// <summary>
/// Until when this silo may run turns and answer calls. Whatever runs turns asks it; <see cref="LeaseKeeper"/> extends it. When it has run out,
/// everything stands still until it is extended, or is over for good.
/// </summary>
/// <remarks>
/// A turn that is running when the lease runs out cannot be stopped. What it does after that is held back where it would matter: its answer here, its
/// writes by the fence in storage, its calls by the silos that know of its silo's death.
/// <para>Hot path: <see cref="IsOut"/> is one volatile read for each turn, <see cref="HasRunOut"/> a look at the clock for each drain of an inbox
/// and each answer to another process. Benchmark: hosted-client ping.</para>
/// </remarks>
internal sealed class SiloLease(TimeProvider time)
{
    private const long Endless = long.MaxValue;

    // What was to be run or sent while it was out, in order of arrival. Also the lock of every change.
    private readonly Queue<IThreadPoolWorkItem> _parked = new();

    // By the time provider's timestamps.
    private long _endsAt = Endless;
    private volatile bool _isOut;
    private volatile bool _isOver;

    /// <summary>The lease of what is no silo of a cluster: it never ends.</summary>
    public static SiloLease OfNobody { get; } = new(TimeProvider.System);

    /// <summary>It is over for good. Told once, on a thread of the pool.</summary>
    public event Action? Ended;

    /// <summary>Whether it is known that no turn may run now. The first to look at the clock after its end makes it known.</summary>
    public bool IsOut => _isOut;

    /// <summary>Whether it will not run again: the silo stops.</summary>
    public bool IsOver => _isOver;

    /// <summary>Whether it is out now.</summary>
    public bool HasRunOut()
    {
        if (_isOut) return true;
        if (!IsPast(Volatile.Read(ref _endsAt))) return false;
        lock (_parked)
        {
            // It may have been extended meanwhile.
            if (IsPast(_endsAt)) _isOut = true;
            return _isOut;
        }
    }

    /// <summary>
    /// Keeps something until the lease runs again, and then queues it to the pool. Once the lease is over it is dropped. False if the lease runs already: then it has to be done now.
    /// </summary>
    public bool TryPark(IThreadPoolWorkItem work)
    {
        lock (_parked)
        {
            if (!_isOut) return false;
            if (!_isOver) _parked.Enqueue(work);
            return true;
        }
    }

    /// <summary>It runs at least until then. What was parked goes on.</summary>
    /// <param name="timestamp">By the time provider's timestamps. Later than before.</param>
    public void RunUntil(long timestamp)
    {
        lock (_parked)
        {
            Volatile.Write(ref _endsAt, timestamp);
            if (!_isOut || _isOver || IsPast(timestamp)) return;
            _isOut = false;
            while (_parked.TryDequeue(out var work))
                ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
        }
    }

    /// <summary>It is not needed any more: this silo runs no grains, and will not. If it is out, what was parked stays so: it may not be so any more.</summary>
    public void Release()
    {
        lock (_parked)
        {
            if (!_isOut) Volatile.Write(ref _endsAt, Endless);
        }
    }

    /// <summary>Ends it now, and for good.</summary>
    public void End()
    {
        lock (_parked)
        {
            if (_isOver) return;
            _isOut = _isOver = true;
            _parked.Clear();
        }

        ThreadPool.UnsafeQueueUserWorkItem(static lease => lease.Ended?.Invoke(), this, preferLocal: false);
    }

    private bool IsPast(long timestamp) => timestamp != Endless && time.GetTimestamp() >= timestamp;
}
