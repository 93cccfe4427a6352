using OrleansShop.Testing.DynamoDB;
using Xunit;

namespace OrleansShop.Engine.Processes.Tests.Recovery;

/// <summary>Silos come and go in order while clients write, and no client notices.</summary>
[Collection(ClustersOfProcesses.Name)]
public sealed class PlannedChangeTests(DynamoDBFixture dynamoDB)
{
    [Fact]
    public async Task No_request_fails_while_all_silos_are_replaced_one_by_one()
    {
        await using var load = await ClusterUnderLoad.StartAsync(await dynamoDB.EndpointAsync());

        foreach (var old in load.Cluster.Silos)
        {
            await load.Cluster.AddAsync();
            await load.Cluster.StopAsync(old);
        }

        await load.AllCountAgain();
        await load.EndWithoutFailuresAsync();
    }

    [Fact]
    public async Task No_request_fails_while_two_silos_become_five_and_two_again()
    {
        await using var load = await ClusterUnderLoad.StartAsync(await dynamoDB.EndpointAsync(), silos: 2);

        await Task.WhenAll(load.Cluster.AddAsync(), load.Cluster.AddAsync(), load.Cluster.AddAsync());
        await load.AllCountAgain();
        await Task.WhenAll(load.Cluster.Silos.Take(3).Select(load.Cluster.StopAsync));

        await load.AllCountAgain();
        await load.EndWithoutFailuresAsync();
    }
}
