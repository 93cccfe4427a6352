using OrleansShop.Benchmarks.Running;

namespace OrleansShop.Benchmarks.Engine;

/// <summary>A client process and a silo process over loopback TCP.</summary>
internal sealed class ClientToSilo : IBenchmark
{
    public string Name => "client-to-silo";

    public string Question => "calls/s and latency from a client to a silo in another process, 1 and 100 in flight";

    public async Task<IReadOnlyList<Measurement>> RunAsync(RoundOptions options, CancellationToken cancellationToken)
    {
        var (siloPort, gatewayPort) = (BenchmarkSilo.FreePort(), BenchmarkSilo.FreePort());
        await using var silo = await BenchmarkRole.StartAsync("silo", [$"{siloPort}", $"{gatewayPort}"], cancellationToken);
        using var client = BenchmarkSilo.BuildClient(gatewayPort, siloPort);
        await client.StartAsync(cancellationToken);
        var grains = Enumerable.Range(0, 1000).Select(key => client.Grains().GetGrain<IPingGrain>(key)).ToArray();

        var alone = await ClosedLoops.RunAsync(1, options, async (_, count) => await grains[count % grains.Length].Ping(count));
        var crowd = await ClosedLoops.RunAsync(100, options, async (caller, count) => await grains[((caller * 10) + count) % grains.Length].Ping(count));

        await client.StopAsync(cancellationToken);
        return [.. alone.As("client to silo, 1 in flight"), .. crowd.As("client to silo, 100 in flight")];
    }
}
