using OrleansShop.Benchmarks.Running;

namespace OrleansShop.Benchmarks.Engine;

/// <summary>A hundred callers in the silo's own process, five thousand grains.</summary>
internal sealed class HostedPing : IBenchmark
{
    private const int Callers = 100;
    private const int Grains = 5000;

    public string Name => "hosted-ping";

    public string Question => "calls/s from a co-hosted client: 100 closed loops over 5,000 grains";

    public async Task<IReadOnlyList<Measurement>> RunAsync(RoundOptions options, CancellationToken cancellationToken)
    {
        using var host = BenchmarkSilo.Build(BenchmarkSilo.FreePort(), BenchmarkSilo.FreePort());
        await host.StartAsync(cancellationToken);
        var grains = Enumerable.Range(0, Grains).Select(key => host.Grains().GetGrain<IPingGrain>(key)).ToArray();

        var result = await ClosedLoops.RunAsync(Callers, options, async (caller, count) => await grains[((caller * 50) + count) % Grains].Ping(count));

        await host.StopAsync(cancellationToken);
        return result.As("hosted ping");
    }
}
