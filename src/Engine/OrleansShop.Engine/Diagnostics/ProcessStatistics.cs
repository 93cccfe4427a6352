using Orleans.Statistics;

namespace OrleansShop.Engine.Diagnostics;

/// <summary>Measures this process when it is asked, at most once a second.</summary>
internal sealed class ProcessStatistics(TimeProvider time) : IEnvironmentStatisticsProvider
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // The newest measurement counts a quarter: a peak of one second fades within ten.
    private const double NewestShare = 0.25;

    // Guards the fields below.
    private readonly Lock _gate = new();
    private long _measuredAt = time.GetTimestamp();
    private TimeSpan _usedProcessorTime = Environment.CpuUsage.TotalTime;
    private EnvironmentStatistics? _latest;

    public EnvironmentStatistics GetEnvironmentStatistics()
    {
        lock (_gate)
        {
            if (_latest is not { } latest || time.GetElapsedTime(_measuredAt) >= Interval)
                _latest = latest = Measure();
            return latest;
        }
    }

    private EnvironmentStatistics Measure()
    {
        var (now, used) = (time.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var elapsed = time.GetElapsedTime(_measuredAt, now);
        var processors = elapsed <= TimeSpan.Zero
            ? _latest?.RawCpuUsagePercentage ?? 0
            : (float)Math.Clamp(100 * (used - _usedProcessorTime) / elapsed / Environment.ProcessorCount, 0, 100);
        (_measuredAt, _usedProcessorTime) = (now, used);
        var maximum = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var memory = Environment.WorkingSet;
        var available = Math.Max(0, maximum - memory);
        return _latest is not { } before
            ? new(processors, processors, memory, memory, available, available, maximum)
            : new((float)Smooth(before.FilteredCpuUsagePercentage, processors), processors, (long)Smooth(before.FilteredMemoryUsageBytes, memory), memory,
                (long)Smooth(before.FilteredAvailableMemoryBytes, available), available, maximum);
    }

    private static double Smooth(double before, double newest) => before + (NewestShare * (newest - before));
}
