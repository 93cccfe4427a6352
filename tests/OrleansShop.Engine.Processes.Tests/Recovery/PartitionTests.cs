using OrleansShop.Testing.DynamoDB;
using OrleansShop.Testing.Network;
using Xunit;

namespace OrleansShop.Engine.Processes.Tests.Recovery;

/// <summary>The network between silos breaks while clients write. Each silo has a network namespace of its own, and DynamoDB is reached from there.</summary>
[Collection(ClustersOfProcesses.Name)]
public sealed class PartitionTests(DynamoDBFixture dynamoDB)
{
    [Fact]
    public async Task A_silo_that_the_others_cannot_reach_is_voted_out_and_stops()
    {
        if (await NamespaceNetwork.FindObstacleAsync() is { } obstacle) Assert.Skip($"This machine cannot have networks that break. {obstacle}");
        await using var network = await NamespaceNetwork.CreateAsync();
        await using var load = await ClusterUnderLoad.StartAsync(await EndpointAsync(network), lease: ClusterUnderLoad.ShortLease, network: network);
        var alone = load.Cluster.Silos[0];

        foreach (var other in load.Cluster.Silos.Skip(1)) await NamespaceNetwork.PartAsync(alone.Place!, other.Place!);
        await load.Cluster.EndAsync(alone);
        await load.AllCountAgain();

        Assert.Contains("voted out", alone.Process.Output, StringComparison.Ordinal);
        await load.EndAsync();
    }

    // The loopback address of DynamoDB Local is another one for each namespace.
    private async Task<string> EndpointAsync(NamespaceNetwork network) => new UriBuilder(await dynamoDB.EndpointAsync()) { Host = network.Host.Address }.Uri.ToString().TrimEnd('/');
}
