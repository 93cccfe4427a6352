using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Statistics;
using Orleans.TestingHost;
using OrleansShop.Engine.TestingHost.Tests.Grains;
using Xunit;

namespace OrleansShop.Engine.TestingHost.Tests;

public sealed class ClientStatusTests
{
    [Fact]
    public async Task An_observer_learns_that_the_cluster_is_lost_and_found_again()
    {
        var observer = new Observer();
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureClient(client => client.AddClusterConnectionStatusObserver(observer));
        await using var cluster = builder.Build();
        await cluster.DeployAsync();
        await Eventually.Holds(() => observer.Counts.Any(count => count.Now == 2), "both silos are connected");
        Assert.Contains((1, 0, true), observer.Counts);
        Assert.Equal(0, observer.Losses);

        await cluster.StopSilosAsync();
        await Eventually.Holds(() => observer.Losses == 1, "the loss is told");
        observer.Counts.Clear();
        await cluster.StartAdditionalSiloAsync();

        await Eventually.Holds(() => observer.Counts.Any(count => count.IsRecovered), "the recovery is told");
    }

    [Fact]
    public async Task One_silo_says_that_a_grain_is_active_on_it_and_the_others_do_not()
    {
        await using var cluster = new InProcessTestClusterBuilder(2).Build();
        await cluster.DeployAsync();
        var grain = cluster.Client.GetGrain<IEchoGrain>(1);
        Assert.DoesNotContain(cluster.Silos, IsActive);

        var where = await grain.Where();

        Assert.Equal(where, Assert.Single(cluster.Silos, IsActive).SiloAddress);
        bool IsActive(InProcessSiloHandle silo) => silo.ServiceProvider.GetRequiredService<ILocalActivationStatusChecker>().IsLocallyActivated(grain.GetGrainId());
    }

    [Fact]
    public async Task A_silo_measures_its_process()
    {
        await using var cluster = new InProcessTestClusterBuilder(1).Build();
        await cluster.DeployAsync();
        var statistics = cluster.Silos[0].ServiceProvider.GetRequiredService<IEnvironmentStatisticsProvider>().GetEnvironmentStatistics();

        Assert.InRange(statistics.RawMemoryUsageBytes, 1, statistics.MaximumAvailableMemoryBytes);
        Assert.Equal(statistics.MaximumAvailableMemoryBytes, statistics.RawMemoryUsageBytes + statistics.RawAvailableMemoryBytes);
        Assert.InRange(statistics.RawCpuUsagePercentage, 0, 100);
        Assert.Equal(100, statistics.MemoryUsagePercentage + statistics.AvailableMemoryPercentage, tolerance: 0.01);
    }

    private sealed class Observer : IClusterConnectionStatusObserver
    {
        private int _losses;

        public ConcurrentQueue<(int Now, int Before, bool IsRecovered)> Counts { get; } = new();

        public int Losses => Volatile.Read(ref _losses);

        public void NotifyClusterConnectionLost() => Interlocked.Increment(ref _losses);

        public void NotifyGatewayCountChanged(int currentNumberOfGateways, int previousNumberOfGateways, bool connectionRecovered) =>
            Counts.Enqueue((currentNumberOfGateways, previousNumberOfGateways, connectionRecovered));
    }
}
