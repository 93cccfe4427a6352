using System.Diagnostics;
using OrleansShop.Benchmarks.Running;
using OrleansShop.Testing.Clusters;
using OrleansShop.Testing.DynamoDB;
using OrleansShop.Testing.Emulators;

namespace OrleansShop.Benchmarks.Recovery;

/// <summary>Three silos, two fronts and DynamoDB Local, each a process, with a steady load over 300 counters.</summary>
internal sealed class RecoveryCluster : IAsyncDisposable
{
    private const int Counters = 300;

    private static readonly IReadOnlyList<string> Keys = [.. Enumerable.Range(0, Counters).Select(static number => $"counter-{number}")];
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly EmulatorServer _dynamoDB;

    private RecoveryCluster(EmulatorServer dynamoDB, CounterCluster cluster, IReadOnlyDictionary<string, int> places, CounterLoad load) =>
        (_dynamoDB, Cluster, Places, Load) = (dynamoDB, cluster, places, load);

    public CounterCluster Cluster { get; }

    public CounterLoad Load { get; }

    /// <summary>In which process each counter lived when the load began.</summary>
    public IReadOnlyDictionary<string, int> Places { get; }

    /// <summary>Starts all, and runs the load for the warm-up.</summary>
    public static async Task<RecoveryCluster> StartAsync(int perSecond, int readsPerIncrement, RoundOptions options)
    {
        var dynamoDB = await DynamoDBServer.StartAsync();
        var cluster = await CounterCluster.StartAsync(dynamoDB.Endpoint, silos: 3);
        var load = CounterLoad.Start(cluster.Fronts, Keys, perSecond, readsPerIncrement);
        var recovery = new RecoveryCluster(dynamoDB, cluster, await cluster.PlacesAsync(Keys), load);
        await recovery.AllCountAgain();
        await Task.Delay(options.WarmUp);
        return recovery;
    }

    /// <summary>Takes a silo away, and measures what its callers see.</summary>
    /// <param name="goes">Takes it away.</param>
    /// <param name="how">What that is, for the names of the figures.</param>
    public async Task<IReadOnlyList<Measurement>> WithoutAsync(Func<CounterSilo, Task> goes, string how)
    {
        var silo = Cluster.Silos[1];
        var held = await Cluster.PlacesAsync([.. Enumerable.Range(0, 30).Select(static number => $"held-{number}")]);
        var underWay = held.Where(place => place.Value == silo.Process.Id).Select(place => EndOfHeldAsync(place.Key)).ToList();
        await Task.Delay(LookPeriod * 10);

        var goneAt = Stopwatch.GetTimestamp();
        await goes(silo);
        await AllCountAgain();
        var all = await Load.StopAsync();

        var endings = await Task.WhenAll(underWay);
        if (endings.Any(static ending => ending.Failure != "SiloUnavailableException"))
            throw new InvalidOperationException($"A call under way ended with {string.Join(", ", endings.Select(static ending => ending.Failure).Distinct())}.");
        var faults = await CounterFaults.FindAsync(Cluster, all);
        if (faults.Count > 0) throw new InvalidOperationException($"{faults.Count} increments are wrong: {faults[0]}");

        var its = all.Where(increment => increment.SentAt > goneAt && Places[increment.Grain] == silo.Process.Id).ToList();
        var fresh = its.Where(static increment => increment.IsAcknowledged).Min(static increment => increment.AnsweredAt);
        return
        [
            new($"{how} to first success of a fresh call", Milliseconds(goneAt, fresh), "ms"),
            new($"{how} to the failure of calls under way, last", Milliseconds(goneAt, endings.Max(static ending => ending.At)), "ms"),
            new("  slowest acknowledged fresh call on its grains", its.Where(static increment => increment.IsAcknowledged).Max(static increment => increment.Latency.TotalMilliseconds), "ms"),
            new("  requests that failed", all.Count(static increment => !increment.IsAcknowledged), "requests"),
        ];
    }

    /// <summary>Waits until each counter was asked after this moment and has answered.</summary>
    public async Task AllCountAgain()
    {
        var since = Stopwatch.GetTimestamp();
        while (Load.Answered.Where(increment => increment.IsAcknowledged && increment.SentAt > since).Select(static increment => increment.Grain).Distinct().Count() < Counters)
        {
            if (Stopwatch.GetElapsedTime(since) > Patience) throw new TimeoutException($"Not each counter answers within {Patience.TotalSeconds} s. The processes printed:\n{Cluster.Output}");
            await Task.Delay(LookPeriod);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Load.DisposeAsync();
        await Cluster.DisposeAsync();
        await _dynamoDB.DisposeAsync();
    }

    private async Task<(string? Failure, long At)> EndOfHeldAsync(string key)
    {
        var answer = await Cluster.HoldAsync(key, TimeSpan.FromSeconds(25));
        return (answer.Failure, Stopwatch.GetTimestamp());
    }

    private static double Milliseconds(long since, long then) => Stopwatch.GetElapsedTime(since, then).TotalMilliseconds;
}
