using System.Diagnostics;
using OrleansShop.Testing.Clusters;
using OrleansShop.Testing.Network;
using Xunit;

namespace OrleansShop.Engine.Processes.Tests.Recovery;

/// <summary>A cluster with a steady load on its counters, which are all active when the test begins, and what the load has seen.</summary>
internal sealed class ClusterUnderLoad : IAsyncDisposable
{
    private const int Grains = 200;
    private const int PerSecond = 100;

    /// <summary>A lease that outlasts the pauses of a busy machine, where a test is not about leases.</summary>
    private static readonly TimeSpan LongLease = TimeSpan.FromSeconds(30);

    private static readonly IReadOnlyList<string> Keys = [.. Enumerable.Range(0, Grains).Select(static number => $"counter-{number}")];

    private readonly CounterLoad _load;
    private IReadOnlyList<CounterRequest>? _all;

    private ClusterUnderLoad(CounterCluster cluster, IReadOnlyDictionary<string, int> places, CounterLoad load) => (Cluster, Places, _load) = (cluster, places, load);

    public CounterCluster Cluster { get; }

    /// <summary>In which process each counter lived before the load began.</summary>
    public IReadOnlyDictionary<string, int> Places { get; }

    /// <summary>A lease that runs out while a test waits for it, and rather not because the machine is busy.</summary>
    public static readonly TimeSpan ShortLease = TimeSpan.FromSeconds(10);

    public static async Task<ClusterUnderLoad> StartAsync(string dynamoDB, int silos = 3, TimeSpan? lease = null, NamespaceNetwork? network = null, int perSecond = PerSecond)
    {
        var cluster = await CounterCluster.StartAsync(dynamoDB, silos, lease ?? LongLease, network);
        try
        {
            var places = await cluster.PlacesAsync(Keys);
            var under = new ClusterUnderLoad(cluster, places, CounterLoad.Start(cluster.Fronts, Keys, perSecond));

            // Each counter has been written: what comes from now on is the steady state.
            await under.Eventually(() => under._load.Answered.Count >= Grains, "each counter has counted");
            return under;
        }
        catch (Exception failure)
        {
            var output = cluster.Output;
            await cluster.DisposeAsync();
            throw new InvalidOperationException($"The cluster did not start. It printed:\n{output}", failure);
        }
    }

    /// <summary>Calls that are under way at a silo, and stay so until it goes: on counters that the load leaves alone.</summary>
    public async Task<IReadOnlyList<Task<FrontAnswer>>> HoldAtAsync(CounterSilo silo)
    {
        var places = await Cluster.PlacesAsync([.. Enumerable.Range(0, 30).Select(static number => $"held-{number}")]);
        List<Task<FrontAnswer>> held = [.. places.Where(place => place.Value == silo.Process.Id).Select(place => Cluster.HoldAsync(place.Key, TimeSpan.FromSeconds(25)))];

        // Whoever answers at that silo now got its question after theirs.
        var neighbour = Places.First(place => place.Value == silo.Process.Id).Key;
        await Cluster.PlacesAsync([neighbour]);
        return held;
    }

    /// <summary>Waits until each counter was asked for an increment after this moment and acknowledged it.</summary>
    public Task AllCountAgain()
    {
        var since = Stopwatch.GetTimestamp();
        return Eventually(() => _load.Answered.Where(increment => increment.IsAcknowledged && increment.SentAt > since).Select(static increment => increment.Grain).Distinct().Count() == Grains, "each counter counts again");
    }

    /// <summary>Waits until something holds; if it does not in time, says what the processes printed.</summary>
    public async Task Eventually(Func<bool> condition, string what)
    {
        try
        {
            await OrleansShop.Testing.Waiting.Eventually.Holds(condition, what);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message} {Summary([.. _load.Answered])}\n\n{Cluster.Output}", late);
        }
    }

    /// <summary>
    /// Ends the load; asserts that each increment that was acknowledged is stored once, and that nothing is stored twice. Returns all increments.
    /// </summary>
    public async Task<IReadOnlyList<CounterRequest>> EndAsync()
    {
        _all = await _load.StopAsync();
        var faults = await CounterFaults.FindAsync(Cluster, _all);
        TestContext.Current.TestOutputHelper?.WriteLine(Summary(_all));
        Assert.True(faults.Count == 0, $"{faults.Count} increments are wrong:\n{string.Join('\n', faults.Take(20))}\n\n{Cluster.Output}");
        return _all;
    }

    /// <summary>Ends the load, and asserts that also no request failed.</summary>
    public async Task EndWithoutFailuresAsync()
    {
        var failed = (await EndAsync()).Where(static increment => !increment.IsAcknowledged).ToList();
        Assert.True(failed.Count == 0, $"{failed.Count} requests failed:\n{string.Join('\n', failed.Take(20))}\n\n{Cluster.Output}");
    }

    /// <summary>
    /// Ends the load, and asserts that no request failed but those that a silo had when it went: sent to one of its counters, and before a moment.
    /// </summary>
    /// <param name="silo">The silo that went.</param>
    /// <param name="last">When nobody sent to it any more, as a timestamp.</param>
    public async Task<IReadOnlyList<CounterRequest>> EndWithFailuresOfAsync(CounterSilo silo, long last)
    {
        var all = await EndAsync();
        var unexpected = all.Where(increment =>
            !increment.IsAcknowledged && (Places[increment.Grain] != silo.Process.Id || increment.SentAt > last || increment.Answer.Failure != nameof(SiloUnavailableException))).ToList();
        Assert.True(unexpected.Count == 0, $"{unexpected.Count} requests failed that the silo did not have:\n{string.Join('\n', unexpected.Take(20))}\n\n{Cluster.Output}");
        return all;
    }

    /// <summary>Prints how long a silo's counters were away: a figure for the reader, nothing is asserted on it.</summary>
    public void PrintRecovery(CounterSilo silo, long goneAt, IReadOnlyList<CounterRequest> all)
    {
        var fresh = all.Where(increment => increment.IsAcknowledged && increment.SentAt > goneAt && Places[increment.Grain] == silo.Process.Id).ToList();
        var failed = all.Where(static increment => !increment.IsAcknowledged).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"first fresh call on its counters after {Seconds(goneAt, fresh.Min(static increment => increment.AnsweredAt))}, "
            + (failed.Count == 0 ? "no call failed" : $"{failed.Count} calls failed, the last after {Seconds(goneAt, failed.Max(static increment => increment.AnsweredAt))}"));
    }

    public async ValueTask DisposeAsync()
    {
        await _load.DisposeAsync();
        await Cluster.DisposeAsync();
    }

    private static string Seconds(long since, long then) => $"{Stopwatch.GetElapsedTime(since, then).TotalSeconds:F3} s";

    private static string Summary(IReadOnlyList<CounterRequest> all)
    {
        var failures = all.Where(static increment => !increment.IsAcknowledged).GroupBy(static increment => increment.Answer.Failure).Select(static group => $"{group.Count()} {group.Key}");
        return $"{all.Count} increments, of which {all.Count(static increment => increment.IsAcknowledged)} acknowledged, slowest {all.Max(static increment => increment.Latency).TotalSeconds:F3} s; failures: {string.Join(", ", failures.DefaultIfEmpty("none"))}.";
    }
}
