namespace OrleansShop.Engine.Membership;

/// <summary>
/// Until when this silo may run turns and answer calls. Whatever runs turns asks it; <see cref="LeaseKeeper"/> extends it. Once over it stays
/// so, and the silo stops.
/// </summary>
/// <remarks>
/// A turn that is running when the lease ends cannot be stopped. What it does after that is held back where it would matter: its answer here, its
/// writes by the fence in storage, its calls by the silos that know of its silo's death.
/// <para>Hot path: <see cref="IsOver"/> is one volatile read for each turn, <see cref="HasRunOut"/> a look at the clock for each drain of an inbox
/// and each answer to another process. Benchmark: hosted-client ping.</para>
/// </remarks>
internal sealed class SiloLease(TimeProvider time)
{
    private const long Endless = long.MaxValue;

    // By the time provider's timestamps.
    private long _endsAt = Endless;
    private volatile bool _isOver;
    private int _endings;

    /// <summary>The lease of what is no silo of a cluster: it never ends.</summary>
    public static SiloLease OfNobody { get; } = new(TimeProvider.System);

    /// <summary>It has ended, on its own or by <see cref="End"/>. Told once, on a thread of the pool.</summary>
    public event Action? Ended;

    /// <summary>Whether it is known to be over. The first to look at the clock after its end makes it known.</summary>
    public bool IsOver => _isOver;

    /// <summary>Whether it is over now.</summary>
    public bool HasRunOut()
    {
        if (_isOver) return true;
        var endsAt = Volatile.Read(ref _endsAt);
        if (endsAt == Endless || time.GetTimestamp() < endsAt) return false;
        End();
        return true;
    }

    /// <summary>It runs at least until then.</summary>
    /// <param name="timestamp">By the time provider's timestamps. Later than before.</param>
    public void RunUntil(long timestamp) => Volatile.Write(ref _endsAt, timestamp);

    /// <summary>It is not needed any more: this silo runs no grains, and will not.</summary>
    public void Release() => Volatile.Write(ref _endsAt, Endless);

    /// <summary>Ends it now, and for good.</summary>
    public void End()
    {
        _isOver = true;
        if (Interlocked.Exchange(ref _endings, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(static lease => lease.Ended?.Invoke(), this, preferLocal: false);
    }
}
