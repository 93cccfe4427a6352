using Orleans.TestingHost;
using OrleansShop.Engine.TestingHost.Tests.Grains;
using Xunit;

namespace OrleansShop.Engine.TestingHost.Tests;

public sealed class ManagementTests
{
    [Fact]
    public async Task A_client_outside_looks_into_all_silos_of_a_test_cluster()
    {
        await using var cluster = new TestClusterBuilder(3).Build();
        await cluster.DeployAsync();
        await Task.WhenAll(Enumerable.Range(0, 30).Select(key => cluster.Client.GetGrain<IEchoGrain>(key).Where()));
        var management = cluster.Client.GetGrain<IManagementGrain>(0);

        Assert.Equal(3, (await management.GetHosts(onlyActive: true)).Count);
        Assert.Equal(30, (await management.GetSimpleGrainStatistics()).Where(statistic => statistic.GrainType == typeof(EchoGrain).FullName).Sum(statistic => statistic.ActivationCount));
        Assert.Equal(await cluster.Client.GetGrain<IEchoGrain>(1).Where(), await management.GetActivationAddress(cluster.Client.GetGrain<IEchoGrain>(1)));
    }
}
