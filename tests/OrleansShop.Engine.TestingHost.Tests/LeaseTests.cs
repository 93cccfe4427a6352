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

        Assert.Contains("has run out", cluster.GetLog(), StringComparison.Ordinal);
        var stopping = victim.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        Assert.False(stopping.IsCancellationRequested, "Nobody has told it that it is dead.");

        ((TableAccess)victim.ServiceProvider.GetRequiredService<IViewTable>()).Resume();
        await Eventually.Holds(() => Task.FromResult(stopping.IsCancellationRequested), "the silo has learned that it is dead, and stops its process");
    }

    [Fact]
    public async Task When_the_table_is_away_for_longer_than_a_lease_everything_stands_still_and_goes_on()
    {
        const string Test = nameof(When_the_table_is_away_for_longer_than_a_lease_everything_stands_still_and_goes_on);
        await using var cluster = NewCluster(2);
        await cluster.DeployAsync();
        var before = await Task.WhenAll(Enumerable.Range(0, Grains).Select(key => cluster.Client.GetGrain<ITickingGrain>(key).Start(Test)));
        var tables = cluster.Silos.Select(silo => (TableAccess)silo.ServiceProvider.GetRequiredService<IViewTable>()).ToList();
        var leases = cluster.Silos.Select(silo => silo.ServiceProvider.GetRequiredService<SiloLease>()).ToList();

        tables.ForEach(table => table.Hang());
        await Eventually.Holds(() => Task.FromResult(leases.TrueForAll(lease => lease.HasRunOut())), "every lease has run out");
        await Task.Delay(100, TestContext.Current.CancellationToken);
        var ticks = TickingGrain.TicksOf(Test);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.Equal(ticks, TickingGrain.TicksOf(Test));
        var calls = Enumerable.Range(0, Grains).Select(key => cluster.Client.GetGrain<ITickingGrain>(key).Start(Test)).ToList();
        await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(calls, call => call.IsCompleted);

        tables.ForEach(table => table.Resume());

        Assert.Equal(before, await Task.WhenAll(calls));
        await Eventually.Holds(() => Task.FromResult(TickingGrain.TicksOf(Test) > ticks + Grains), "the timers go on");
        Assert.All(cluster.Silos, silo => Assert.False(silo.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested));
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
