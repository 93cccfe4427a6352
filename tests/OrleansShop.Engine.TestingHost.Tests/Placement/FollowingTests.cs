using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Orleans.TestingHost;
using OrleansShop.Engine.TestingHost.Tests.Grains;
using Xunit;

namespace OrleansShop.Engine.TestingHost.Tests.Placement;

/// <summary>Grains that go with their partition to a new owner, with what they have in memory.</summary>
public sealed class FollowingTests
{
    private const int Grains = 40;

    [Theory]
    [InlineData(typeof(IScoreOfStateGrain))]
    [InlineData(typeof(IScoreOfFacetGrain))]
    public async Task A_silo_that_joins_gets_its_grains_with_their_memory_and_reads_nothing(Type kind)
    {
        await using var cluster = await Cluster(1);
        var grains = await Scores(cluster, kind);

        var second = await cluster.StartAdditionalSiloAsync();

        var moved = await AllHave(grains, second.SiloAddress);
        Assert.NotEmpty(moved);
        Assert.Equal(0, Storage(second).Reads);
        await Task.WhenAll(grains.Select(grain => grain.Write()));
        Assert.Equal((0, moved.Count), (Storage(second).Reads, Storage(second).Writes.Count));
    }

    [Fact]
    public async Task A_silo_that_leaves_gives_its_grains_away_with_their_memory()
    {
        await using var cluster = await Cluster(2);
        var grains = await Scores(cluster, typeof(IScoreOfFacetGrain));
        var (stays, leaves) = (cluster.Silos[0], cluster.Silos[1]);
        var before = Storage(stays).Reads;
        Assert.True(before < Grains, "The other silo has some.");

        await cluster.StopSiloAsync(leaves);

        Assert.Equal(Grains, (await AllHave(grains, stays.SiloAddress)).Count);
        Assert.Equal(before, Storage(stays).Reads);
    }

    [Fact]
    public async Task A_grain_goes_on_with_its_new_owner_without_a_call()
    {
        await using var cluster = await Cluster(1);
        var grains = await Scores(cluster, typeof(IScoreOfStateGrain));

        var second = await cluster.StartAdditionalSiloAsync();

        await Eventually.Holds(
            () => grains.All(grain => cluster.TryGetGrainContext(grain.GetGrainId(), out _)) && grains.Any(grain => cluster.TryGetGrainContext(grain.GetGrainId(), out var activation) && second.SiloAddress.Equals(activation.Address.SiloAddress)),
            "every grain is active, and some on the new silo");
    }

    [Fact]
    public async Task A_grain_that_has_nothing_to_hand_over_starts_again()
    {
        await using var cluster = await Cluster(1);
        var grains = Enumerable.Range(0, Grains).Select(key => cluster.Client.GetGrain<IEchoGrain>(key)).ToList();
        await Task.WhenAll(grains.Select(grain => grain.Where()));

        var second = await cluster.StartAdditionalSiloAsync();

        Assert.Contains(second.SiloAddress, await Task.WhenAll(grains.Select(grain => grain.Where())));
    }

    [Fact]
    public async Task While_silos_come_and_go_no_count_is_lost_or_old()
    {
        await using var cluster = await Cluster(2);
        var done = new ConcurrentDictionary<string, int>();
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 12).Select(caller => Task.Run(async () =>
        {
            // One caller for each grain: what it has counted is what the grain has to have.
            for (var round = 0; !stop.IsCancellationRequested; round++)
            {
                var key = $"followed-{caller}-{round % 3}";
                var counted = await cluster.Client.GetGrain<IMovingGrain>(key).Count();
                Assert.Equal(done.AddOrUpdate(key, 1, static (_, count) => count + 1), counted.Stored);
            }
        })).ToList();

        for (var round = 0; round < 4; round++)
        {
            var silo = await cluster.StartAdditionalSiloAsync();
            await Task.Delay(100, TestContext.Current.CancellationToken);
            await cluster.StopSiloAsync(round % 2 == 0 ? silo : cluster.Silos[0]);
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        await stop.CancelAsync();
        await Task.WhenAll(callers);
        foreach (var (key, count) in done)
            Assert.Equal(count, (await cluster.Client.GetGrain<IMovingGrain>(key).Look()).Stored);
    }

    // Stored once, and changed since: only memory has the change.
    private static async Task<List<IScoreGrain>> Scores(InProcessTestCluster cluster, Type kind)
    {
        var grains = Enumerable.Range(0, Grains).Select(key => (IScoreGrain)cluster.Client.GetGrain(kind, $"score-{key}")).ToList();
        foreach (var (grain, number) in grains.Select((grain, number) => (grain, number)))
        {
            await grain.Set(-1);
            await grain.Write();
            await grain.Set(number);
        }

        return grains;
    }

    private static async Task<List<ScoreSeen>> AllHave(List<IScoreGrain> grains, SiloAddress silo)
    {
        var seen = await Task.WhenAll(grains.Select(grain => grain.Look()));
        Assert.Equal(Enumerable.Range(0, Grains), seen.Select(score => score.Value));
        return [.. seen.Where(score => score.Silo.Equals(silo))];
    }

    private static CountedStorage Storage(InProcessSiloHandle silo) => (CountedStorage)silo.ServiceProvider.GetRequiredKeyedService<IGrainStorage>(CountedStorage.Name);

    private static async Task<InProcessTestCluster> Cluster(short silos)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo(static (_, silo) =>
        {
            silo.AddMemoryGrainStorageAsDefault();
            silo.AddMemoryGrainStorage("shared");
            silo.Services.AddKeyedSingleton<IGrainStorage>(CountedStorage.Name, static (services, _) => new CountedStorage(services.GetRequiredKeyedService<IGrainStorage>("shared")));
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }
}
