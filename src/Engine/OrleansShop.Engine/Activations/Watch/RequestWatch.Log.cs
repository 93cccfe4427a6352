using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using OrleansShop.Engine.Calls;

namespace OrleansShop.Engine.Activations.Watch;

internal sealed partial class RequestWatch
{
    [LoggerMessage(1852, LogLevel.Warning, "{Call} has been running for {TookMs} ms or somewhat longer; {Waiting} calls wait behind it. Requests are logged after {LimitMs} ms (SiloMessagingOptions.RequestProcessingWarningTime).")]
    private partial void LogRequestRuns(GrainCall call, long tookMs, int waiting, long limitMs);

    [LoggerMessage(1853, LogLevel.Warning, "{Call} has waited for its turn for {WaitedMs} ms or somewhat longer, the first of {Waiting}; what runs: {Running}. Waiting requests are logged after {LimitMs} ms (SiloMessagingOptions.RequestQueueDelayWarningTime).")]
    private partial void LogRequestWaits(GrainCall call, long waitedMs, int waiting, string running, long limitMs);

    [LoggerMessage(1854, LogLevel.Error, "{Grain} was stuck in {Call} for {TookMs} ms, longer than {LimitMs} ms (SiloMessagingOptions.MaxRequestProcessingTime), while others waited. Its activation was abandoned; those that wait go to the next one.")]
    private partial void LogStuck(GrainId grain, GrainCall call, long tookMs, long limitMs);
}
