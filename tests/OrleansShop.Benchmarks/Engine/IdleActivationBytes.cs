using OrleansShop.Benchmarks.Running;

namespace OrleansShop.Benchmarks.Engine;

/// <summary>The heap that an activation keeps while nobody calls it, everything included: the grain, its place in the catalog, its identity.</summary>
internal sealed class IdleActivationBytes : IBenchmark
{
    private const int WarmUpGrains = 10_000;
    private const int Grains = 200_000;

    public string Name => "idle-bytes";

    public string Question => "bytes of heap per idle activation, over 200,000 of them";

    public async Task<IReadOnlyList<Measurement>> RunAsync(RoundOptions options, CancellationToken cancellationToken)
    {
        using var host = BenchmarkSilo.Build(BenchmarkSilo.FreePort(), BenchmarkSilo.FreePort());
        await host.StartAsync(cancellationToken);
        await Activations.ActivateAsync(host.Grains(), first: 0, WarmUpGrains);

        var before = GC.GetTotalMemory(forceFullCollection: true);
        await Activations.ActivateAsync(host.Grains(), WarmUpGrains, Grains);
        var after = GC.GetTotalMemory(forceFullCollection: true);

        await host.StopAsync(cancellationToken);
        return [new("heap per idle activation", (double)(after - before) / Grains, "B")];
    }
}
