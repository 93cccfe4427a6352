using System.Diagnostics;
using OrleansShop.Benchmarks.Running;

namespace OrleansShop.Benchmarks.Engine;

/// <summary>First calls to grains that were never called.</summary>
internal sealed class Activations : IBenchmark
{
    private const int WarmUpGrains = 20_000;
    private const int Grains = 200_000;
    private const int Callers = 100;

    public string Name => "activations";

    public string Question => "activations/s: first calls to 200,000 grains, 100 in flight";

    public async Task<IReadOnlyList<Measurement>> RunAsync(RoundOptions options, CancellationToken cancellationToken)
    {
        using var host = BenchmarkSilo.Build(BenchmarkSilo.FreePort(), BenchmarkSilo.FreePort());
        await host.StartAsync(cancellationToken);
        await ActivateAsync(host.Grains(), first: 0, WarmUpGrains);

        var start = Stopwatch.GetTimestamp();
        await ActivateAsync(host.Grains(), WarmUpGrains, Grains);
        var rate = Grains / Stopwatch.GetElapsedTime(start).TotalSeconds;

        await host.StopAsync(cancellationToken);
        return [new("activations", rate, "grains/s")];
    }

    /// <summary>Calls each of the grains once.</summary>
    internal static Task ActivateAsync(IGrainFactory grains, int first, int count)
    {
        var next = first - 1;
        return Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            int key;
            while ((key = Interlocked.Increment(ref next)) < first + count)
            {
                await grains.GetGrain<IPingGrain>(key).Ping(key);
            }
        })));
    }
}
