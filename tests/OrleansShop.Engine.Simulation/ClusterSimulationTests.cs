using System.Globalization;
using OrleansShop.Engine.Simulation.Cluster;
using OrleansShop.Engine.Simulation.Workers;

namespace OrleansShop.Engine.Simulation;

/// <summary>Whole clusters of real silos on virtual time, under everything that can happen to them.</summary>
public sealed class ClusterSimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 2_000;
    private const int FreshSeeds = 40;
    private const int MostSeedsToCatch = 300;

    [Fact]
    public async Task Every_promise_is_kept_by_all_seeds()
    {
        var outcomes = await WorkerPool.Run(1, Seeds);
        Assert.Equal(Seeds, outcomes.Count);
        Judge(outcomes);

        // A run in which hardly anything happened would prove nothing.
        Assert.InRange(outcomes.Average(outcome => outcome.Acknowledged), 50, 10_000);
        Assert.InRange(outcomes.Average(outcome => outcome.Crashes), 1, 100);
        Assert.InRange(outcomes.Average(outcome => outcome.Leaves), 0.5, 100);
        Assert.InRange(outcomes.Sum(outcome => outcome.Fenced), Seeds / 100, int.MaxValue);
        Assert.All(outcomes.Where(outcome => outcome.IsPlanned), outcome => Assert.Equal(0, outcome.CallsFailed));
    }

    [Fact]
    public async Task Every_promise_is_kept_by_seeds_that_were_never_run_before()
    {
        var first = 10_000 + (int)(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() % 1_000_000 * FreshSeeds);
        output.WriteLine($"The seeds are {first} to {first + FreshSeeds - 1}.");
        Judge(await WorkerPool.Run(first, first + FreshSeeds - 1));
    }

    [Theory]
    [InlineData(nameof(Variant.NoLeaseCheck), "runs on")]
    [InlineData(nameof(Variant.NoHandoffAcknowledgement), "runs on")]
    [InlineData(nameof(Variant.NoFences), "Storage has taken")]
    public async Task A_broken_cluster_is_caught(string variant, string what)
    {
        var outcomes = await WorkerPool.Run(1, MostSeedsToCatch, Enum.Parse<Variant>(variant), isUntilFailure: true);
        var caught = outcomes.FirstOrDefault(outcome => outcome.Failure?.Contains(what, StringComparison.Ordinal) == true);
        Assert.True(caught is not null, $"{outcomes.Count} seeds with {variant} have passed, or failed in another way: {string.Join("; ", outcomes.Select(outcome => outcome.Failure).OfType<string>())}");
        output.WriteLine($"Seed {caught.Seed}: {caught.Failure}");
    }

    [Fact]
    public async Task A_seed_replays_exactly_whatever_was_run_before_it()
    {
        var hashes = Hashes(await WorkerPool.Run(1, 24));
        for (var seed = 21; seed <= 24; seed++)
            Assert.Equal(hashes[seed], Hashes(await WorkerPool.Run(seed, seed))[seed]);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(30)]
    public async Task What_a_silo_asks_of_the_table_depends_neither_on_the_calls_nor_on_the_number_of_silos(int silos)
    {
        var idle = await WorkerPool.Measure(silos, isIdle: true);
        var busy = await WorkerPool.Measure(silos, isIdle: false);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{silos} silos: {idle.RequestsPerSiloAndMinute:F1} requests for each silo in a minute, and {busy.RequestsPerSiloAndMinute:F1} beside {busy.Increments} increments"));

        // A read and a renewal in each period of 1.5 seconds.
        Assert.True(busy.Increments > 1_000, $"{busy.Increments} increments were acknowledged.");
        Assert.Equal(0, idle.Increments);
        Assert.InRange(idle.RequestsPerSiloAndMinute, 78, 82);
        Assert.InRange(busy.RequestsPerSiloAndMinute, 78, 82);
    }

    private static Dictionary<int, ulong> Hashes(IEnumerable<SeedOutcome> outcomes) => outcomes.ToDictionary(outcome => outcome.Seed, outcome => outcome.Hash);

    private void Judge(IReadOnlyList<SeedOutcome> outcomes)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{outcomes.Count} seeds, {outcomes.Sum(outcome => outcome.Seconds):F0} s of virtual time, {outcomes.Average(outcome => outcome.ProcessorMs):F0} ms of processor time each; {outcomes.Sum(outcome => outcome.Stretches)} turns, "
            + $"{outcomes.Sum(outcome => outcome.Acknowledged)} increments acknowledged, {outcomes.Sum(outcome => outcome.CallsFailed)} calls failed, {outcomes.Sum(outcome => outcome.Crashes)} crashes, {outcomes.Sum(outcome => outcome.Leaves)} leaves, "
            + $"{outcomes.Sum(outcome => outcome.Fenced)} writes fenced, recovery within {outcomes.Max(outcome => outcome.Recovery):F1} s"));
        var failed = outcomes.Where(outcome => outcome.Failure is not null).ToList();
        Assert.True(failed.Count == 0, failed.Count == 0 ? "" : $"{failed.Count} of {outcomes.Count} seeds have failed: {string.Join(", ", failed.Select(outcome => outcome.Seed))}.{Environment.NewLine}{Replay.Of(failed[0])}");
    }
}
