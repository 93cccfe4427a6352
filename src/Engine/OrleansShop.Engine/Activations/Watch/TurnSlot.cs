namespace OrleansShop.Engine.Activations.Watch;

/// <summary>What one thread of the pool is running: written by that thread at each turn, read by the sweep for turns that do not end.</summary>
/// <remarks>Hot path: a turn writes one field of an object that only its own thread writes. Benchmark: hosted-client ping.</remarks>
internal sealed class TurnSlot
{
    [ThreadStatic]
    private static TurnSlot? t_ofThisThread;

    // Guards s_all. Weak: a slot goes with its thread.
    private static readonly Lock s_gate = new();
    private static readonly List<WeakReference<TurnSlot>> s_all = [];

    private long _reportedMs = -1;

    /// <summary>Whose turns run; null between drains.</summary>
    public Activation? Activation { get; private set; }

    /// <summary>When the turn began, by the clock of the activation's host.</summary>
    public long StartedMs;

    /// <summary>Only for the sweep: when the turn is reported next.</summary>
    public long NextReportMs;

    public void Begin(Activation activation)
    {
        _reportedMs = -1;
        Activation = activation;
    }

    public void End() => Activation = null;

    public static TurnSlot OfThisThread => t_ofThisThread ?? Register();

    /// <summary>The slots of all threads that have run turns and are alive.</summary>
    public static List<TurnSlot> All()
    {
        var slots = new List<TurnSlot>();
        lock (s_gate)
        {
            for (var i = s_all.Count - 1; i >= 0; i--)
            {
                if (s_all[i].TryGetTarget(out var slot)) slots.Add(slot);
                else s_all.RemoveAt(i);
            }
        }

        return slots;
    }

    /// <summary>
    /// True once for each long turn, for the sweep that finds it running or for the thread that ends it, whoever comes first. A turn of a slot is
    /// known by when it began: one that is long enough to be reported has begun earlier than any that follows.
    /// </summary>
    public bool TryReport(long startedMs) => Interlocked.Exchange(ref _reportedMs, startedMs) != startedMs;

    private static TurnSlot Register()
    {
        var slot = t_ofThisThread = new TurnSlot();
        lock (s_gate) s_all.Add(new WeakReference<TurnSlot>(slot));
        return slot;
    }
}
