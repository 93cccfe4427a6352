using System.Runtime.InteropServices;
using Orleans.EventSourcing;

namespace OrleansShop.Engine.EventSourcing;

/// <summary>Counts for one activation, if it wants them.</summary>
internal sealed class LogStatistics
{
    private const int MaxLatencies = 10_000;

    private LogConsistencyStatistics? _counts;

    public LogConsistencyStatistics? Counts => _counts;

    public void Enable() => _counts = new LogConsistencyStatistics();

    public void Disable() => _counts = null;

    public void Count(string what)
    {
        if (_counts is not { } counts) return;
        CollectionsMarshal.GetValueRefOrAddDefault(counts.EventCounters, what, out _)++;
    }

    public void Stabilized(TimeSpan after)
    {
        if (_counts is not { } counts) return;
        var latencies = counts.StabilizationLatenciesInMsecs;
        if (latencies.Count == MaxLatencies) latencies.RemoveAt(0);
        latencies.Add((int)after.TotalMilliseconds);
    }
}
