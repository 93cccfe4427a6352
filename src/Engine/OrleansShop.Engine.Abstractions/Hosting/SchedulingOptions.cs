namespace Orleans.Configuration;

/// <summary>How turns are run.</summary>
public class SchedulingOptions
{
    /// <summary>The quantum if none is set: 100 ms.</summary>
    public static readonly TimeSpan DEFAULT_ACTIVATION_SCHEDULING_QUANTUM = TimeSpan.FromMilliseconds(100);

    /// <summary>The threshold if none is set: 1 s.</summary>
    public static readonly TimeSpan DEFAULT_TURN_WARNING_THRESHOLD = TimeSpan.FromSeconds(1);

    /// <summary>The threshold if none is set: 10 s.</summary>
    public static readonly TimeSpan DEFAULT_DELAY_WARNING_THRESHOLD = TimeSpan.FromSeconds(10);

    /// <summary>The limit if none is set: none.</summary>
    public const int DEFAULT_MAX_PENDING_ITEMS_SOFT_LIMIT = 0;

    /// <summary>How long one activation runs turns before it lets others run. Default: 100 ms.</summary>
    public TimeSpan ActivationSchedulingQuantum { get; set; } = DEFAULT_ACTIVATION_SCHEDULING_QUANTUM;

    /// <summary>After how long a turn is logged. Default: 1 s.</summary>
    public TimeSpan TurnWarningLengthThreshold { get; set; } = DEFAULT_TURN_WARNING_THRESHOLD;

    /// <summary>
    /// After how long a wait of an activation's work is logged: for a thread of the pool, or behind a turn of its own that does not await. Measured in ticks of a quarter of
    /// a second. Interacts with <see cref="TurnWarningLengthThreshold"/>: a turn is logged for its length too. Default: 10 s.
    /// </summary>
    public TimeSpan DelayWarningThreshold { get; set; } = DEFAULT_DELAY_WARNING_THRESHOLD;

    /// <summary>How long after the end of an activation work that it still does is logged as an error, and then how often. Zero logs each. Default: 1 min.</summary>
    public TimeSpan StoppedActivationWarningInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many turns may wait in one activation before it is logged; 0 for no limit. Default: 0.</summary>
    public int MaxPendingWorkItemsSoftLimit { get; set; } = DEFAULT_MAX_PENDING_ITEMS_SOFT_LIMIT;
}
