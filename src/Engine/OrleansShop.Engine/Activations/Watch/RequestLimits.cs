using Orleans.Configuration;

namespace OrleansShop.Engine.Activations.Watch;

/// <summary>How long requests may take before something is done about them; milliseconds.</summary>
/// <param name="PeriodMs">How often they are looked at.</param>
/// <param name="WarningMs">When a running one is logged.</param>
/// <param name="QueueWarningMs">When a waiting one is logged.</param>
/// <param name="MaxMs">When a running one makes its activation count as stuck.</param>
internal sealed record RequestLimits(long PeriodMs, long WarningMs, long QueueWarningMs, long MaxMs)
{
    public static RequestLimits Of(SiloMessagingOptions options) => new(
        (long)options.GrainWorkloadAnalysisPeriod.TotalMilliseconds,
        (long)options.RequestProcessingWarningTime.TotalMilliseconds,
        (long)options.RequestQueueDelayWarningTime.TotalMilliseconds,
        (long)options.MaxRequestProcessingTime.TotalMilliseconds);
}
