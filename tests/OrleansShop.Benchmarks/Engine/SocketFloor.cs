using System.Diagnostics;
using OrleansShop.Benchmarks.Running;

namespace OrleansShop.Benchmarks.Engine;

/// <summary>Messages of a ping's size over bare sockets, and right after it the same number of calls in flight from a client to a silo.</summary>
internal sealed class SocketFloor : IBenchmark
{
    private const int InFlight = 100;

    public string Name => "socket-floor";

    public string Question => "round trips/s of bare TCP between two processes, and client to silo as a share of it";

    public async Task<IReadOnlyList<Measurement>> RunAsync(RoundOptions options, CancellationToken cancellationToken)
    {
        var (alone, crowd) = await BareAsync(options, cancellationToken);
        var calls = await ClientToSilo.MeasureAsync(options, cancellationToken);
        return
        [
            new("bare TCP, 1 in flight", alone.CallsPerSecond, "calls/s"),
            new("bare TCP, 1 in flight, p50", alone.P50, "µs"),
            new("bare TCP, 100 in flight", crowd, "calls/s"),
            new("client to silo as a share, 1 in flight", calls.Alone.CallsPerSecond / alone.CallsPerSecond, "ratio"),
            new("client to silo as a multiple, p50", calls.Alone.P50 / alone.P50, "ratio"),
            new("client to silo as a share, 100 in flight", calls.Crowd.CallsPerSecond / crowd, "ratio"),
        ];
    }

    private static async Task<(LoopResult Alone, double Crowd)> BareAsync(RoundOptions options, CancellationToken cancellationToken)
    {
        await using var echo = await BenchmarkRole.StartAsync("echo", [], cancellationToken);
        using var asker = await RawSockets.Asker.ConnectAsync(echo.FirstLine);
        var alone = await ClosedLoops.RunAsync(1, options, (_, _) => asker.AskAsync());

        await asker.AskUntilAsync(InFlight, EndOf(options.WarmUp));
        var start = Stopwatch.GetTimestamp();
        var messages = await asker.AskUntilAsync(InFlight, EndOf(options.Duration));
        return (alone, messages / Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static long EndOf(TimeSpan duration) => Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
}
