using OrleansShop.Benchmarks.Running;

namespace OrleansShop.Benchmarks.Recovery;

/// <summary>The process of one of three silos is killed, and its host refuses connections.</summary>
internal sealed class RecoveryKill : IBenchmark
{
    private const int PerSecond = 100;

    public string Name => "recovery-kill";

    public string Question => "kill -9 of one of three silos on DynamoDB: until its grains answer, and until calls under way fail";

    public async Task<IReadOnlyList<Measurement>> RunAsync(RoundOptions options, CancellationToken cancellationToken)
    {
        await using var cluster = await RecoveryCluster.StartAsync(PerSecond, readsPerIncrement: 0, options);
        return await cluster.WithoutAsync(cluster.Cluster.KillAsync, "kill -9");
    }
}
