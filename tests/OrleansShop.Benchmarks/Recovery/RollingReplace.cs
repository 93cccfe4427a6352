using System.Diagnostics;
using OrleansShop.Benchmarks.Running;
using OrleansShop.Testing.Clusters;

namespace OrleansShop.Benchmarks.Recovery;

/// <summary>A rolling deploy: for each of three silos a new one is started, and the old one is asked to stop.</summary>
internal sealed class RollingReplace : IBenchmark
{
    private const int PerSecond = 500;

    // Each increment is a write to DynamoDB Local, which takes some hundred a second here, on two cores beside seven other processes.
    private const int ReadsPerIncrement = 9;

    public string Name => "rolling-replace";

    public string Question => "three silos on DynamoDB replaced one by one at 500 requests/s, 50 of them writes: requests that fail, and latencies meanwhile and before";

    public async Task<IReadOnlyList<Measurement>> RunAsync(RoundOptions options, CancellationToken cancellationToken)
    {
        await using var cluster = await RecoveryCluster.StartAsync(PerSecond, ReadsPerIncrement, options);
        var settledAt = Stopwatch.GetTimestamp();
        await Task.Delay(options.Duration, cancellationToken);

        var beganAt = Stopwatch.GetTimestamp();
        foreach (var old in cluster.Cluster.Silos)
        {
            await cluster.Cluster.AddAsync();
            await cluster.Cluster.StopAsync(old);
        }

        var endedAt = Stopwatch.GetTimestamp();
        await cluster.AllCountAgain();
        var all = await cluster.Load.StopAsync();
        var faults = await CounterFaults.FindAsync(cluster.Cluster, all);
        if (faults.Count > 0) throw new InvalidOperationException($"{faults.Count} increments are wrong: {faults[0]}");

        foreach (var failure in all.Where(static request => !request.IsAcknowledged).Take(3)) await Console.Error.WriteLineAsync($"  {failure}");
        var before = all.Where(increment => increment.SentAt >= settledAt && increment.SentAt < beganAt).ToList();
        var meanwhile = all.Where(increment => increment.SentAt >= beganAt && increment.SentAt < endedAt).ToList();
        return
        [
            new("requests that failed", all.Count(static increment => !increment.IsAcknowledged), "requests"),
            new("requests/s while silos are replaced", meanwhile.Count / Stopwatch.GetElapsedTime(beganAt, endedAt).TotalSeconds, "1/s"),
            new("three silos replaced in", Stopwatch.GetElapsedTime(beganAt, endedAt).TotalMilliseconds, "ms"),
            .. Latencies("while silos are replaced", meanwhile),
            .. Latencies("before", before),
        ];
    }

    private static IEnumerable<Measurement> Latencies(string when, List<CounterRequest> requests)
    {
        var sorted = requests.Select(static request => request.Latency.TotalMilliseconds).Order().ToArray();
        foreach (var (name, part) in new[] { ("p50", 0.50), ("p99", 0.99), ("slowest", 1.0) })
            yield return new Measurement($"{name} {when}", sorted[Math.Min(sorted.Length - 1, (int)(part * sorted.Length))], "ms");
    }
}
