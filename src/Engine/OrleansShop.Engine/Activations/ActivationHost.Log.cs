using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using OrleansShop.Engine.Calls;

namespace OrleansShop.Engine.Activations;

internal sealed partial class ActivationHost
{
    [LoggerMessage(1010, LogLevel.Error, "Work queued to {Grain} failed.")]
    public partial void LogTurnFailed(Exception exception, GrainId grain);

    [LoggerMessage(1011, LogLevel.Warning, "A turn of {Grain} took about {TookMs} ms without awaiting; turns above {LimitMs} ms (SchedulingOptions.TurnWarningLengthThreshold) hold up the grain and a pool thread.")]
    private partial void LogLongTurn(GrainId grain, long tookMs, long limitMs);

    [LoggerMessage(1850, LogLevel.Warning, "A turn of {Grain} has been running for about {TookMs} ms and has not ended; what runs: {Running}. Turns above {LimitMs} ms (SchedulingOptions.TurnWarningLengthThreshold) hold up the grain and a pool thread.")]
    public partial void LogTurnRuns(GrainId grain, string running, long tookMs, long limitMs);

    [LoggerMessage(1851, LogLevel.Warning, "The long turn of {Grain} has ended after about {TookMs} ms.")]
    private partial void LogLongTurnEnded(GrainId grain, long tookMs);

    [LoggerMessage(1856, LogLevel.Warning, "{Waiting} calls wait for {Grain}, more than SiloMessagingOptions.MaxEnqueuedRequestsSoftLimit or its variant for stateless workers ({Limit}); what runs: {Running}. The next warning for this class comes after ten seconds at the earliest.")]
    public partial void LogLongQueue(GrainId grain, int waiting, int limit, string running);

    [LoggerMessage(1882, LogLevel.Warning, "Work of {Grain} has waited for a thread of the pool for about {WaitedMs} ms; work that waits for more than {LimitMs} ms (SchedulingOptions.DelayWarningThreshold) means that the process has too few threads or too little time. It is the {Count}th since the last warning; the next comes after ten seconds at the earliest.")]
    private partial void LogWaitedForThread(GrainId grain, long waitedMs, long limitMs, long count);

    [LoggerMessage(1883, LogLevel.Warning, "Work of {Grain} has waited for up to {WaitedMs} ms behind a turn of it that did not await; the limit is {LimitMs} ms (SchedulingOptions.DelayWarningThreshold).")]
    public partial void LogWaitedBehindTurn(GrainId grain, long waitedMs, long limitMs);

    [LoggerMessage(1884, LogLevel.Error, "{Grain} still does work {AfterMs} ms after its activation has ended: a task that it began and did not await goes on, beside the next activation. Such work is logged once in {IntervalMs} ms (SchedulingOptions.StoppedActivationWarningInterval).")]
    public partial void LogWorkAfterEnd(GrainId grain, long afterMs, long intervalMs);

    [LoggerMessage(1855, LogLevel.Critical, "The engine failed between two turns of {Grain}. Calls that wait for it may be lost.")]
    public partial void LogDrainFailed(Exception exception, GrainId grain);

    [LoggerMessage(1012, LogLevel.Error, "The interleaving predicate of {Grain} failed for {Call}, which waits for its turn instead.")]
    public partial void LogPredicateFailed(Exception exception, GrainId grain, GrainCall call);

    [LoggerMessage(1013, LogLevel.Warning, "{Grain} could not be activated; the calls that waited for it get the exception.")]
    public partial void LogActivationFailed(Exception exception, GrainId grain);

    [LoggerMessage(1014, LogLevel.Error, "{Grain} failed in its deactivation, and is gone.")]
    public partial void LogDeactivationFailed(Exception exception, GrainId grain);

    [LoggerMessage(1015, LogLevel.Warning, "{Grain} did not come to rest in time: {Running} requests still run. It is let go; what they do from here on is not seen by the next activation.")]
    public partial void LogAbandoned(GrainId grain, int running);

    [LoggerMessage(1016, LogLevel.Error, "A timer of {Grain} failed; its schedule goes on.")]
    public partial void LogTimerFailed(Exception exception, GrainId grain);

    [LoggerMessage(1830, LogLevel.Warning, "No silo could be chosen for {Grain} to move to; it stays.")]
    public partial void LogMigrationFailed(Exception exception, GrainId grain);

    [LoggerMessage(1831, LogLevel.Warning, "{Grain} could not hand over its state to {Target}; it is activated there from what is stored.")]
    public partial void LogDehydrationFailed(Exception exception, GrainId grain, SiloAddress target);

    [LoggerMessage(1832, LogLevel.Warning, "{Grain} could not take over what its activation on another silo has handed over; it is activated from what is stored.")]
    public partial void LogRehydrationFailed(Exception exception, GrainId grain);
}
