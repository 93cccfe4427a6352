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

    /// <summary>After how long a turn that waits for a thread is logged. Default: 10 s.</summary>
    public TimeSpan DelayWarningThreshold { get; set; } = DEFAULT_DELAY_WARNING_THRESHOLD;

    /// <summary>How often work for an activation that is gone is logged. Default: 1 min.</summary>
    public TimeSpan StoppedActivationWarningInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many turns may wait in one activation before it is logged; 0 for no limit. Default: 0.</summary>
    public int MaxPendingWorkItemsSoftLimit { get; set; } = DEFAULT_MAX_PENDING_ITEMS_SOFT_LIMIT;
}
