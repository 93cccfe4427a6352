using OrleansShop.Benchmarks.Running;

namespace OrleansShop.Benchmarks.Engine;

/// <summary>Two grains that each send a hundred calls at a time without awaiting each.</summary>
internal sealed class FanOut : IBenchmark
{
    private const int Width = 100;

    public string Name => "fan-out";

    public string Question => "calls/s when 2 grains send 100 un-awaited calls at a time";

    public async Task<IReadOnlyList<Measurement>> RunAsync(RoundOptions options, CancellationToken cancellationToken)
    {
        using var host = BenchmarkSilo.Build(BenchmarkSilo.FreePort(), BenchmarkSilo.FreePort());
        await host.StartAsync(cancellationToken);

        await BothAsync(host.Grains(), options.WarmUp);
        var calls = await BothAsync(host.Grains(), options.Duration);

        await host.StopAsync(cancellationToken);
        return [new("fan-out", calls / options.Duration.TotalSeconds, "calls/s")];
    }

    private static async Task<long> BothAsync(IGrainFactory grains, TimeSpan duration)
    {
        var counts = await Task.WhenAll(
            grains.GetGrain<ICallerGrain>(1).FanOut(0, Width, duration),
            grains.GetGrain<ICallerGrain>(2).FanOut(Width, Width, duration));
        return counts.Sum();
    }
}
