using Orleans.Storage;
using OrleansShop.Testing.Clusters;
using OrleansShop.Testing.DynamoDB;
using Xunit;

namespace OrleansShop.Engine.Processes.Tests.Recovery;

/// <summary>DynamoDB is away for a while, with membership and states.</summary>
/// <remarks>On a busy machine it takes long to start again: a write may then be given up, and say so, and the next one find that it was done.</remarks>
[Collection(ClustersOfProcesses.Name)]
public sealed class TableOutageTests
{
    [Fact]
    public async Task An_outage_costs_no_silo_and_no_acknowledged_write_whether_leases_outlast_it_or_not()
    {
        await using var dynamoDB = await DynamoDBServer.StartAsync(outlivesStops: true);
        await using var load = await ClusterUnderLoad.StartAsync(dynamoDB.Endpoint, lease: ClusterUnderLoad.ShortLease);

        foreach (var outage in new[] { TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15) })
        {
            await dynamoDB.StopAsync();
            await Task.Delay(outage, TestContext.Current.CancellationToken);
            await dynamoDB.StartAgainAsync();
            await load.AllCountAgain();
            Assert.All(load.Cluster.Silos, static silo => Assert.False(silo.Process.HasExited));
        }

        Assert.DoesNotContain(await load.EndAsync(), static increment => !increment.IsAcknowledged && !IsOfStorage(increment.Answer));
    }

    private static bool IsOfStorage(FrontAnswer failure) =>
        failure.Failure == nameof(InconsistentStateException) || failure.Message!.Contains("OrleansGrainState", StringComparison.Ordinal);
}
