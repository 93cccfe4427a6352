using System.Diagnostics;
using Orleans.TestingHost;
using OrleansShop.Benchmarks.Running;

namespace OrleansShop.Benchmarks.Engine;

/// <summary>From nothing to a cluster of three silos and a client that agree on a view, in a process that has started one before: what each test with a cluster of its own pays.</summary>
internal sealed class TestClusterStart : IBenchmark
{
    private const short Silos = 3;
    private const int WarmUps = 3;
    private const int Starts = 15;

    public string Name => "test-cluster-start";

    public string Question => "milliseconds to start an InProcessTestCluster of three silos in a warm process";

    public async Task<IReadOnlyList<Measurement>> RunAsync(RoundOptions options, CancellationToken cancellationToken)
    {
        for (var start = 0; start < WarmUps; start++)
            await MeasureAsync();
        var (starts, stops) = (new List<double>(), new List<double>());
        for (var start = 0; start < Starts; start++)
        {
            var (started, stopped) = await MeasureAsync();
            starts.Add(started.TotalMilliseconds);
            stops.Add(stopped.TotalMilliseconds);
        }

        return [new("three silos and a client", Median(starts), "ms"), new("stopping them", Median(stops), "ms")];
    }

    private static async Task<(TimeSpan Started, TimeSpan Stopped)> MeasureAsync()
    {
        var start = Stopwatch.GetTimestamp();
        var cluster = new InProcessTestClusterBuilder(Silos).Build();
        await cluster.DeployAsync();
        await cluster.Client.GetGrain<IPingGrain>(0).Ping(0);
        var started = Stopwatch.GetElapsedTime(start);

        start = Stopwatch.GetTimestamp();
        await cluster.DisposeAsync();
        return (started, Stopwatch.GetElapsedTime(start));
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
