using Microsoft.Extensions.Hosting;
using OrleansShop.Benchmarks.Running;

namespace OrleansShop.Benchmarks.Engine;

/// <summary>Two silo processes; a grain on the first keeps a hundred calls in flight to grains on the second.</summary>
internal sealed class SiloToSilo : IBenchmark
{
    private const int InFlight = 100;

    public string Name => "silo-to-silo";

    public string Question => "calls/s between grains on two silos in two processes, 100 in flight";

    public async Task<IReadOnlyList<Measurement>> RunAsync(RoundOptions options, CancellationToken cancellationToken)
    {
        var primary = BenchmarkSilo.FreePort();
        using var host = BenchmarkSilo.Build(primary, BenchmarkSilo.FreePort(), primary);
        await host.StartAsync(cancellationToken);
        await using var other = await BenchmarkRole.StartAsync("silo", [$"{BenchmarkSilo.FreePort()}", $"{BenchmarkSilo.FreePort()}", $"{primary}"], cancellationToken);

        var (caller, targets) = await PlaceAsync(host);
        await caller.CallUntil(targets, options.WarmUp);
        var calls = await caller.CallUntil(targets, options.Duration);

        await host.StopAsync(cancellationToken);
        return [new("silo to silo, 100 in flight", calls / options.Duration.TotalSeconds, "calls/s")];
    }

    /// <summary>Finds a caller that lives here and targets that live in the other process.</summary>
    private static async Task<(ICallerGrain Caller, long[] Targets)> PlaceAsync(IHost host)
    {
        var grains = host.Grains();
        var here = Environment.ProcessId;
        var targets = new List<long>();
        for (long key = 0; targets.Count < InFlight; key++)
        {
            if (await grains.GetGrain<IPingGrain>(key).ProcessId() != here)
            {
                targets.Add(key);
            }
        }

        for (long key = 0; ; key++)
        {
            if (await grains.GetGrain<ICallerGrain>(key).ProcessId() == here)
            {
                return (grains.GetGrain<ICallerGrain>(key), [.. targets]);
            }
        }
    }
}
