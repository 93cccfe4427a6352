using System.Diagnostics;
using System.Globalization;
using OrleansShop.Benchmarks.Running;

namespace OrleansShop.Benchmarks.Engine;

/// <summary>
/// From the request to start a process to a silo that takes calls; beside it, the same for a host without a silo that listens on
/// a port: what the runtime and the hosting packages cost before the engine has done anything.
/// </summary>
internal sealed class SiloStart : IBenchmark
{
    public string Name => "silo-start";

    public string Question => "milliseconds from the start of a process to a ready silo, and to a bare host that listens on a port";

    public async Task<IReadOnlyList<Measurement>> RunAsync(RoundOptions options, CancellationToken cancellationToken)
    {
        // The second start of each kind counts: the first may have read the files from the disk.
        _ = await StepsAsync("start-host", [], cancellationToken);
        var bare = await StepsAsync("start-host", [], cancellationToken);
        _ = await StepsAsync("start-silo", [$"{BenchmarkSilo.FreePort()}", $"{BenchmarkSilo.FreePort()}"], cancellationToken);
        var silo = await StepsAsync("start-silo", [$"{BenchmarkSilo.FreePort()}", $"{BenchmarkSilo.FreePort()}"], cancellationToken);
        return
        [
            new("process start to ready silo", silo[2], "ms"),
            new("  of it: to Main", silo[0], "ms"),
            new("  of it: building the host", silo[1] - silo[0], "ms"),
            new("  of it: starting the host", silo[2] - silo[1], "ms"),
            new("  of it: compiling, on all threads", silo[3], "ms"),
            new("  methods compiled", silo[4], "methods"),
            new("process start to bare host, the floor", bare[2], "ms"),
            new("  of it: compiling, on all threads (bare host)", bare[3], "ms"),
            new("  methods compiled (bare host)", bare[4], "methods"),
            new("ready silo as a multiple of the floor", silo[2] / bare[2], "ratio"),
        ];
    }

    internal static async Task<double[]> StepsAsync(string role, string[] arguments, CancellationToken cancellationToken)
    {
        var asked = Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture);
        await using var process = await BenchmarkRole.StartAsync(role, [asked, .. arguments], cancellationToken);
        return [.. process.FirstLine.Split(' ').Select(step => double.Parse(step, CultureInfo.InvariantCulture))];
    }
}
