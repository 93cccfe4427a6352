using Microsoft.Extensions.Hosting;
using OrleansShop.Benchmarks.Running;

namespace OrleansShop.Benchmarks.Engine;

/// <summary>A client process and a silo process over loopback TCP.</summary>
internal sealed class ClientToSilo : IBenchmark
{
    public string Name => "client-to-silo";

    public string Question => "calls/s and latency from a client to a silo in another process, 1 and 100 in flight";

    public async Task<IReadOnlyList<Measurement>> RunAsync(RoundOptions options, CancellationToken cancellationToken)
    {
        var (alone, crowd) = await MeasureAsync(options, cancellationToken);
        return [.. alone.As("client to silo, 1 in flight"), .. crowd.As("client to silo, 100 in flight")];
    }

    public static async Task<(LoopResult Alone, LoopResult Crowd)> MeasureAsync(RoundOptions options, CancellationToken cancellationToken)
    {
        await using var pair = await ClientAndSilo.StartAsync(cancellationToken);
        var grains = Enumerable.Range(0, 1000).Select(key => pair.Grains.GetGrain<IPingGrain>(key)).ToArray();

        var alone = await ClosedLoops.RunAsync(1, options, async (_, count) => await grains[count % grains.Length].Ping(count));
        var crowd = await ClosedLoops.RunAsync(100, options, async (caller, count) => await grains[((caller * 10) + count) % grains.Length].Ping(count));
        return (alone, crowd);
    }

    /// <summary>A silo in a process of its own, and a client in this one.</summary>
    internal sealed class ClientAndSilo(BenchmarkRole.RoleProcess silo, IHost client) : IAsyncDisposable
    {
        public IGrainFactory Grains => client.Grains();

        public static async Task<ClientAndSilo> StartAsync(CancellationToken cancellationToken)
        {
            var (siloPort, gatewayPort) = (BenchmarkSilo.FreePort(), BenchmarkSilo.FreePort());
            var silo = await BenchmarkRole.StartAsync("silo", [$"{siloPort}", $"{gatewayPort}"], cancellationToken);
            var client = BenchmarkSilo.BuildClient(gatewayPort, siloPort);
            await client.StartAsync(cancellationToken);
            return new ClientAndSilo(silo, client);
        }

        public async ValueTask DisposeAsync()
        {
            await client.StopAsync();
            client.Dispose();
            await silo.DisposeAsync();
        }
    }
}
