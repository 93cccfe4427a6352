using System.Diagnostics;
using System.Threading.Tasks.Sources;
using OrleansShop.Benchmarks.Running;

namespace OrleansShop.Benchmarks.Engine;

/// <summary>
/// What a call inside a silo's process allocates: one loop that awaits each call before the next, after a warm-up. Everything that the
/// process allocates meanwhile is in, on all threads, the engine's own clocks included; the loop itself allocates nothing per call.
/// The method takes and returns an int that the runtime boxes nowhere, and the grain returns a result that is there already.
/// </summary>
internal sealed class LocalCallBytes : IBenchmark
{
    public string Name => "local-call-bytes";

    public string Question => "bytes allocated per call in one process, for ValueTask and Task methods, from outside and from a grain";

    public async Task<IReadOnlyList<Measurement>> RunAsync(RoundOptions options, CancellationToken cancellationToken)
    {
        using var host = BenchmarkSilo.Build(BenchmarkSilo.FreePort(), BenchmarkSilo.FreePort());
        await host.StartAsync(cancellationToken);
        var target = host.Grains().GetGrain<IPingGrain>(1);
        var caller = host.Grains().GetGrain<ICallerGrain>(2);

        var value = await PerCallAsync(options, duration => PingUntilAsync(target, duration));
        var task = await PerCallAsync(options, duration => PingAsTaskUntilAsync(target, duration));
        var fromGrain = await PerCallAsync(options, duration => caller.PingUntil(1, duration));
        var taskFromGrain = await PerCallAsync(options, duration => caller.PingAsTaskUntil(1, duration));
        var callersTask = CallersTaskBytes();

        await host.StopAsync(cancellationToken);
        return
        [
            new("local call, ValueTask<int>", value, "B/call"),
            new("local call, Task<int>, caller's task included", task, "B/call"),
            new("  the caller's task alone", callersTask, "B/call"),
            new("  beyond the caller's task", task - callersTask, "B/call"),
            new("grain to grain, ValueTask<int>", fromGrain, "B/call"),
            new("grain to grain, Task<int>, all included", taskFromGrain, "B/call"),
        ];
    }

    private static async Task<double> PerCallAsync(RoundOptions options, Func<TimeSpan, Task<long>> callUntil)
    {
        await callUntil(options.WarmUp);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var calls = await callUntil(options.Duration / 4);
        return (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / calls;
    }

    private static async Task<long> PingUntilAsync(IPingGrain target, TimeSpan duration)
    {
        var start = Stopwatch.GetTimestamp();
        long count = 0;
        for (; Stopwatch.GetElapsedTime(start) < duration; count++)
        {
            await target.Ping(1);
        }

        return count;
    }

    private static async Task<long> PingAsTaskUntilAsync(IPingGrain target, TimeSpan duration)
    {
        var start = Stopwatch.GetTimestamp();
        long count = 0;
        for (; Stopwatch.GetElapsedTime(start) < duration; count++)
        {
            await target.PingAsTask(1);
        }

        return count;
    }

    // What the runtime allocates for a task whose result comes later: no engine that returns a task can do with less.
    private static double CallersTaskBytes()
    {
        const int Count = 100_000;
        var source = new Never();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Count; i++)
        {
            _ = new ValueTask<int>(source, 0).AsTask();
        }

        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Count;
    }

    private sealed class Never : IValueTaskSource<int>
    {
        public int GetResult(short token) => throw new InvalidOperationException();

        public ValueTaskSourceStatus GetStatus(short token) => ValueTaskSourceStatus.Pending;

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        {
        }
    }
}
