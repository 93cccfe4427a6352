using System.Globalization;
using OrleansShop.Benchmarks.Running;

namespace OrleansShop.Benchmarks.Engine;

/// <summary>From the start of a process to a silo that takes calls.</summary>
internal sealed class SiloStart : IBenchmark
{
    public string Name => "silo-start";

    public string Question => "milliseconds from the start of a process to a ready silo";

    public async Task<IReadOnlyList<Measurement>> RunAsync(RoundOptions options, CancellationToken cancellationToken)
    {
        await using var process = await BenchmarkRole.StartAsync("start", [$"{BenchmarkSilo.FreePort()}", $"{BenchmarkSilo.FreePort()}"], cancellationToken);
        return [new("process start to ready silo", double.Parse(process.FirstLine, CultureInfo.InvariantCulture), "ms")];
    }
}
