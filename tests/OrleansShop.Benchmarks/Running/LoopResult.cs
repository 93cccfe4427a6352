namespace OrleansShop.Benchmarks.Running;

/// <summary>What closed loops saw.</summary>
/// <param name="CallsPerSecond">All callers together.</param>
/// <param name="P50">The median latency, in microseconds.</param>
/// <param name="P99">The 99th percentile of the latency, in microseconds.</param>
/// <param name="BytesPerCall">Bytes allocated by this process per call.</param>
internal sealed record LoopResult(double CallsPerSecond, double P50, double P99, double BytesPerCall)
{
    public static LoopResult Of(IReadOnlyCollection<LatencySamples> samples, TimeSpan elapsed, long allocatedBytes)
    {
        var calls = samples.Sum(sample => sample.Count);
        var sorted = samples.SelectMany(sample => sample.Microseconds()).Order().ToArray();
        return new LoopResult(calls / elapsed.TotalSeconds, Percentile(sorted, 0.50), Percentile(sorted, 0.99), (double)allocatedBytes / calls);
    }

    public IReadOnlyList<Measurement> As(string name) =>
    [
        new(name, CallsPerSecond, "calls/s"),
        new($"{name}, p50", P50, "µs"),
        new($"{name}, p99", P99, "µs"),
        new($"{name}, allocated", BytesPerCall, "B/call"),
    ];

    private static double Percentile(double[] sorted, double part) =>
        sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(part * sorted.Length))];
}
