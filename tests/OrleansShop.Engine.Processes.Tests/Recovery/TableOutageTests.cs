using System.Diagnostics;
using Orleans.Storage;
using OrleansShop.Testing.Clusters;
using OrleansShop.Testing.DynamoDB;
using Xunit;

namespace OrleansShop.Engine.Processes.Tests.Recovery;

/// <summary>DynamoDB is away for a while, with membership and states.</summary>
/// <remarks>
/// On a busy machine it takes long to start again, so that it is away for longer than the test had it. A write may then be given up, and say so, and the next one find that it was done; and a call
/// may time out that was sent too long before.
/// </remarks>
[Collection(ClustersOfProcesses.Name)]
public sealed class TableOutageTests
{
    /// <summary>
    /// A call that has this long once the table is back is answered: those before it come first, and writes that are under way are repeated. On a machine that starts DynamoDB in a second, every call has
    /// more, of its 30.
    /// </summary>
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(15);

    /// <summary>What a busy machine writes, too: nothing waits then but for the outage.</summary>
    private const int PerSecond = 20;

    [Fact]
    public async Task An_outage_costs_no_silo_and_no_acknowledged_write_whether_leases_outlast_it_or_not()
    {
        await using var dynamoDB = await DynamoDBServer.StartAsync(outlivesStops: true);
        await using var load = await ClusterUnderLoad.StartAsync(dynamoDB.Endpoint, lease: ClusterUnderLoad.ShortLease, perSecond: PerSecond);

        var outages = new List<(long GoneAt, long BackAt)>();
        foreach (var outage in new[] { TimeSpan.FromSeconds(5), ClusterUnderLoad.ShortLease + TimeSpan.FromSeconds(3) })
        {
            var goneAt = Stopwatch.GetTimestamp();
            await dynamoDB.StopAsync();
            await Task.Delay(outage, TestContext.Current.CancellationToken);
            await dynamoDB.StartAgainAsync();
            outages.Add((goneAt, Stopwatch.GetTimestamp()));
            await load.AllCountAgain();
            Assert.All(load.Cluster.Silos, static silo => Assert.False(silo.Process.HasExited));
        }

        var unexpected = (await load.EndAsync()).Where(increment => !increment.IsAcknowledged && !IsOfStorage(increment.Answer) && !outages.Any(outage => IsTooLate(increment, outage))).ToList();
        Assert.True(
            unexpected.Count == 0,
            $"{unexpected.Count} requests failed otherwise than by the outages of {string.Join(" and ", outages.Select(static outage => Stopwatch.GetElapsedTime(outage.GoneAt, outage.BackAt)))}:\n{string.Join('\n', unexpected.Take(20))}\n\n{load.Cluster.Output}");
    }

    private static bool IsOfStorage(FrontAnswer failure) =>
        failure.Failure == nameof(InconsistentStateException) || failure.Message!.Contains("OrleansGrainState", StringComparison.Ordinal);

    private static bool IsTooLate(CounterRequest increment, (long GoneAt, long BackAt) outage) =>
        increment.Answer.Failure == nameof(TimeoutException) && increment.AnsweredAt > outage.GoneAt && Stopwatch.GetElapsedTime(outage.BackAt, increment.AnsweredAt) < Enough;
}
