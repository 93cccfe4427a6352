using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;
using Orleans.Runtime.Placement;
using Orleans.TestingHost;
using OrleansShop.Engine.TestingHost.Tests.Grains;
using Xunit;

namespace OrleansShop.Engine.TestingHost.Tests.Placement;

/// <summary>Grains that move while they are called.</summary>
public sealed class MigrationTests
{
    [Fact]
    public async Task A_grain_moves_to_the_silo_that_is_named_and_takes_its_memory_along()
    {
        await using var cluster = await Cluster();
        var grain = cluster.Client.GetGrain<IMovingGrain>("named");
        await grain.Count();
        foreach (var silo in cluster.Silos.Concat(cluster.Silos.Reverse()))
        {
            var before = await grain.Look();
            await grain.Move(silo.SiloAddress);
            await Eventually.Holds(async () => silo.SiloAddress.Equals((await grain.Look()).Silo), $"it lives on {silo.SiloAddress}");
            Assert.Equal(before with { Silo = silo.SiloAddress }, await grain.Look());
        }

        Assert.All(MovingGrain.Reasons["named"], reason => Assert.Equal(DeactivationReasonCode.Migrating, reason));
    }

    [Fact]
    public async Task Without_a_name_a_grain_moves_away_and_then_home()
    {
        await using var cluster = await Cluster();
        var grain = cluster.Client.GetGrain<IMovingGrain>("unnamed");
        var home = (await grain.Count()).Silo;

        await grain.Move(null);
        await Eventually.Holds(async () => !home.Equals((await grain.Look()).Silo), "it has moved away");
        await grain.Move(null);
        await Eventually.Holds(async () => home.Equals((await grain.Look()).Silo), "it has moved home");

        Assert.Equal(1, (await grain.Look()).InMemory);
    }

    [Fact]
    public async Task A_grain_that_is_to_move_to_where_it_is_stays()
    {
        await using var cluster = await Cluster();
        var grain = cluster.Client.GetGrain<IMovingGrain>("staying");
        var home = (await grain.Count()).Silo;
        Assert.True(cluster.TryGetGrainContext(grain.GetGrainId(), out var activation));

        await grain.Move(home);
        Assert.Equal(new(2, 2, home), await grain.Count());

        Assert.True(cluster.TryGetGrainContext(grain.GetGrainId(), out var after));
        Assert.Same(activation, after);
    }

    [Fact]
    public async Task Others_can_move_a_grain_through_its_management_extension()
    {
        await using var cluster = await Cluster();
        var grain = cluster.Client.GetGrain<IMovingGrain>("managed");
        var home = (await grain.Count()).Silo;
        var target = cluster.Silos.First(silo => !silo.SiloAddress.Equals(home)).SiloAddress;

        RequestContext.Set(IPlacementDirector.PlacementHintKey, target);
        await grain.Cast<IGrainManagementExtension>().MigrateOnIdle();
        RequestContext.Clear();

        await Eventually.Holds(async () => target.Equals((await grain.Look()).Silo), "it lives where it was sent");
        Assert.Equal(1, (await grain.Look()).InMemory);
    }

    [Fact]
    public async Task Under_load_no_call_fails_and_none_is_lost_or_done_twice()
    {
        await using var cluster = await Cluster();
        var grains = Enumerable.Range(0, 6).Select(i => $"loaded-{i}").ToArray();
        var done = new ConcurrentDictionary<string, int>();
        using var stop = new CancellationTokenSource();
        var factories = cluster.Silos.Select(silo => silo.ServiceProvider.GetRequiredService<IGrainFactory>()).Append(cluster.Client).ToList();
        var callers = Enumerable.Range(0, 12).Select(caller => Task.Run(async () =>
        {
            var random = new Random(caller);
            while (!stop.IsCancellationRequested)
            {
                var key = grains[random.Next(grains.Length)];
                await factories[caller % factories.Count].GetGrain<IMovingGrain>(key).Count();
                done.AddOrUpdate(key, 1, static (_, count) => count + 1);
            }
        })).ToList();

        var silos = cluster.Silos.Select(silo => silo.SiloAddress).ToList();
        for (var round = 0; round < 30; round++)
        {
            foreach (var key in grains)
                await cluster.Client.GetGrain<IMovingGrain>(key).Move(round % 5 == 0 ? null : silos[(round + key[^1]) % silos.Count]);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await stop.CancelAsync();
        await Task.WhenAll(callers);
        foreach (var key in grains)
        {
            var counted = await cluster.Client.GetGrain<IMovingGrain>(key).Look();
            Assert.Equal((done[key], done[key]), (counted.Stored, counted.InMemory));
        }

        Assert.Contains(grains, key => MovingGrain.Reasons.TryGetValue(key, out var reasons) && reasons.Contains(DeactivationReasonCode.Migrating));
    }

    [Fact]
    public async Task When_the_target_dies_nothing_acknowledged_is_lost()
    {
        await using var cluster = await Cluster();
        var victim = cluster.Silos[2];
        var grains = Enumerable.Range(0, 10).Select(i => cluster.Client.GetGrain<IMovingGrain>($"dying-{i}")).ToArray();
        await Task.WhenAll(grains.Select(grain => grain.Count()));

        // Some are on their way, some have arrived, some have not begun.
        var moves = grains.Select(grain => Safely(() => grain.Move(victim.SiloAddress))).ToArray();
        await Task.Delay(2, TestContext.Current.CancellationToken);
        await cluster.KillSiloAsync(victim);
        await Task.WhenAll(moves);

        foreach (var grain in grains)
        {
            var counted = await Eventually.Gets(() => grain.Count(), static failure => failure is SiloUnavailableException);
            Assert.InRange(counted.Stored, 2, 3);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_grain_that_cannot_be_dehydrated_or_rehydrated_starts_again_from_storage(bool inDehydrate)
    {
        await using var cluster = await Cluster();
        var grain = cluster.Client.GetGrain<IMovingGrain>($"failing-{inDehydrate}");
        var home = (await grain.Count()).Silo;
        var target = cluster.Silos.First(silo => !silo.SiloAddress.Equals(home)).SiloAddress;
        await grain.FailNextTime(inDehydrate);

        await grain.Move(target);
        await Eventually.Holds(async () => target.Equals((await grain.Look()).Silo), "it lives where it was sent");

        Assert.Equal(new(1, 0, target), await grain.Look());
        Assert.Equal(new(2, 1, target), await grain.Count());
    }

    private static async Task<InProcessTestCluster> Cluster()
    {
        var builder = new InProcessTestClusterBuilder(3);
        builder.ConfigureSilo((_, silo) => silo.AddMemoryGrainStorageAsDefault());
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }

    // The silo that is killed may have the grain by now.
    private static async Task Safely(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (SiloUnavailableException)
        {
            // Whether it moved is unknown, and both are fine.
        }
    }
}
