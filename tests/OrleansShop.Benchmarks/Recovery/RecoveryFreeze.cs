using OrleansShop.Benchmarks.Running;

namespace OrleansShop.Benchmarks.Recovery;

/// <summary>The process of one of three silos stands still: its host is silent.</summary>
internal sealed class RecoveryFreeze : IBenchmark
{
    private const int PerSecond = 100;

    public string Name => "recovery-freeze";

    public string Question => "SIGSTOP of one of three silos on DynamoDB: until its grains answer elsewhere, and until calls under way fail";

    public async Task<IReadOnlyList<Measurement>> RunAsync(RoundOptions options, CancellationToken cancellationToken)
    {
        await using var cluster = await RecoveryCluster.StartAsync(PerSecond, readsPerIncrement: 0, options);
        return await cluster.WithoutAsync(static silo => silo.Process.FreezeAsync(), "SIGSTOP");
    }
}
