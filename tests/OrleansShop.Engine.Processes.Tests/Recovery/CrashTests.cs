using System.Diagnostics;
using OrleansShop.Testing.DynamoDB;
using Xunit;

namespace OrleansShop.Engine.Processes.Tests.Recovery;

/// <summary>A silo's process is gone, or stands still, while clients write.</summary>
[Collection(ClustersOfProcesses.Name)]
public sealed class CrashTests(DynamoDBFixture dynamoDB)
{
    // A front sends to a process that is gone until it has read the end of its connection: at once, and on a busy machine a little later.
    private static readonly TimeSpan Noticing = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task After_a_kill_only_calls_that_the_dead_silo_had_fail_and_its_grains_live_elsewhere()
    {
        await using var load = await ClusterUnderLoad.StartAsync(await dynamoDB.EndpointAsync());
        var killed = load.Cluster.Silos[1];
        var held = await load.HoldAtAsync(killed);

        var goneAt = Stopwatch.GetTimestamp();
        await load.Cluster.KillAsync(killed);
        await load.AllCountAgain();

        Assert.All(await Task.WhenAll(held), static answer => Assert.Equal(nameof(SiloUnavailableException), answer.Failure));
        var all = await load.EndWithFailuresOfAsync(killed, last: goneAt + Ticks(Noticing));
        load.PrintRecovery(killed, goneAt, all);
        Assert.DoesNotContain(all, increment => increment.SentAt > goneAt + Ticks(Noticing) && increment.Answer.ProcessId == killed.Process.Id);
    }

    [Fact]
    public async Task A_frozen_silo_is_declared_dead_and_stops_when_it_wakes_up()
    {
        await using var load = await ClusterUnderLoad.StartAsync(await dynamoDB.EndpointAsync(), lease: ClusterUnderLoad.ShortLease);
        var frozen = load.Cluster.Silos[1];
        var held = await load.HoldAtAsync(frozen);

        var goneAt = Stopwatch.GetTimestamp();
        await frozen.Process.FreezeAsync();
        await load.AllCountAgain();
        var takenOverAt = Stopwatch.GetTimestamp();
        Assert.Equal("Dead", (await load.Cluster.StatusesAsync())[frozen.Address]);

        var left = TimeSpan.FromSeconds(20) - Stopwatch.GetElapsedTime(goneAt);
        if (left > TimeSpan.Zero) await Task.Delay(left, TestContext.Current.CancellationToken);
        await frozen.Process.ContinueAsync();
        await load.Cluster.EndAsync(frozen);
        await load.AllCountAgain();

        Assert.All(await Task.WhenAll(held), static answer => Assert.Equal(nameof(SiloUnavailableException), answer.Failure));
        Assert.Contains("has been declared dead by the others", frozen.Process.Output, StringComparison.Ordinal);
        var all = await load.EndWithFailuresOfAsync(frozen, last: takenOverAt);
        load.PrintRecovery(frozen, goneAt, all);
        Assert.DoesNotContain(all, increment => increment.AnsweredAt > takenOverAt && increment.Answer.ProcessId == frozen.Process.Id);
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
