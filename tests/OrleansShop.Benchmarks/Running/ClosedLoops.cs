using System.Diagnostics;

namespace OrleansShop.Benchmarks.Running;

/// <summary>Callers that each wait for an answer before they ask again, and what they saw.</summary>
internal static class ClosedLoops
{
    /// <summary>Runs <paramref name="callers"/> loops of <paramref name="call"/> for a warm-up and then for the measured time.</summary>
    /// <param name="callers">How many calls are in flight.</param>
    /// <param name="options">How long.</param>
    /// <param name="call">One call, given the caller's number and the count of its calls so far.</param>
    public static async Task<LoopResult> RunAsync(int callers, RoundOptions options, Func<int, int, Task> call)
    {
        var warmUpEnd = Stopwatch.GetTimestamp() + (long)(options.WarmUp.TotalSeconds * Stopwatch.Frequency);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => LoopAsync(caller, warmUpEnd, call))));

        var allocatedBefore = GC.GetTotalAllocatedBytes();
        var start = Stopwatch.GetTimestamp();
        var end = start + (long)(options.Duration.TotalSeconds * Stopwatch.Frequency);
        var latencies = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => LoopAsync(caller, end, call))));
        var elapsed = Stopwatch.GetElapsedTime(start);
        var allocated = GC.GetTotalAllocatedBytes() - allocatedBefore;

        return LoopResult.Of(latencies, elapsed, allocated);
    }

    private static async Task<LatencySamples> LoopAsync(int caller, long end, Func<int, int, Task> call)
    {
        var samples = new LatencySamples(seed: caller);
        for (var count = 0; ; count++)
        {
            var before = Stopwatch.GetTimestamp();
            if (before >= end)
            {
                return samples;
            }

            await call(caller, count);
            samples.Add(Stopwatch.GetTimestamp() - before);
        }
    }
}
