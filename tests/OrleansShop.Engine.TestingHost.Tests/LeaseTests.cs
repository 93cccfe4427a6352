using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.TestingHost;
using OrleansShop.Engine.Hosting;
using OrleansShop.Engine.Membership;
using OrleansShop.Engine.TestingHost.Tests.Grains;
using Xunit;

namespace OrleansShop.Engine.TestingHost.Tests;

/// <summary>Silos that cannot renew their lease.</summary>
public sealed class LeaseTests
{
    private const int Grains = 20;

    [Fact]
    public async Task A_silo_whose_table_hangs_runs_no_turn_once_its_grains_live_elsewhere()
    {
        const string Test = nameof(A_silo_whose_table_hangs_runs_no_turn_once_its_grains_live_elsewhere);
        await using var cluster = NewCluster(2);
        await cluster.DeployAsync();
        var (survivor, victim) = (cluster.Silos[0], cluster.Silos[1]);
        var before = await Task.WhenAll(Enumerable.Range(0, Grains).Select(key => cluster.Client.GetGrain<ITickingGrain>(key).Start(Test)));
        Assert.Contains(victim.SiloAddress, before);

        ((TableAccess)victim.ServiceProvider.GetRequiredService<IViewTable>()).Hang();

        for (var key = 0; key < Grains; key++)
        {
            var grain = cluster.Client.GetGrain<ITickingGrain>(key);
            Assert.Equal(survivor.SiloAddress, await Eventually.Gets(() => StartElsewhere(grain, Test, victim.SiloAddress), failure => failure is SiloUnavailableException or TimeoutException or InvalidOperationException));
        }

        // Ticks of the victim after those of the survivor would be a third entry.
        await Task.Delay(200, TestContext.Current.CancellationToken);
        for (var key = 0; key < Grains; key++)
        {
            var places = TickingGrain.Places[(Test, key)];
            lock (places)
                Assert.True(places.Count == (before[key].Equals(victim.SiloAddress) ? 2 : 1), $"Grain {key} ran on {string.Join(", then ", places)}.");
        }

        Assert.True(victim.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested, "The silo stops its process.");
        Assert.Contains("has run out", cluster.GetLog(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_whose_table_hangs_for_less_than_its_lease_goes_on()
    {
        await using var cluster = NewCluster(2);
        await cluster.DeployAsync();
        var victim = cluster.Silos[1];
        var table = (TableAccess)victim.ServiceProvider.GetRequiredService<IViewTable>();
        for (var round = 0; round < 3; round++)
        {
            table.Hang();
            await Task.Delay(300, TestContext.Current.CancellationToken);
            table.Resume();
            await Task.Delay(600, TestContext.Current.CancellationToken);
        }

        Assert.False(victim.ServiceProvider.GetRequiredService<SiloLease>().HasRunOut());
        var places = await Task.WhenAll(Enumerable.Range(0, Grains).Select(key => cluster.Client.GetGrain<IEchoGrain>(key).Where()));
        Assert.Contains(victim.SiloAddress, places);
    }

    [Fact]
    public async Task A_handoff_goes_on_through_the_table()
    {
        await using var cluster = NewCluster(1);
        await cluster.DeployAsync();
        var second = await cluster.StartAdditionalSiloAsync();

        await Eventually.Holds(
            async () => (await cluster.Silos[0].ServiceProvider.GetRequiredService<IViewTable>().Read(default)) is var view
                && view.Rows.All(row => row.Acknowledged is { } acknowledged && acknowledged.View == view.Version && acknowledged.Draining.IsEmpty),
            "each silo has written to the table that it is at the view, and has drained");
        Assert.NotNull(second);
    }

    private static async Task<SiloAddress> StartElsewhere(ITickingGrain grain, string test, SiloAddress victim)
    {
        var place = await grain.Start(test);
        return place.Equals(victim) ? throw new InvalidOperationException("It is still there.") : place;
    }

    private static InProcessTestCluster NewCluster(short silos)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) => silo.Services.PostConfigure<ClusteringOptions>(options =>
        {
            options.HeartbeatPeriod = TimeSpan.FromMilliseconds(200);
            options.LeaseDuration = TimeSpan.FromSeconds(3);
        }));
        return builder.Build();
    }
}
