using Orleans.Concurrency;

namespace OrleansShop.Benchmarks.Engine;

/// <summary>The smallest call there is.</summary>
public interface IPingGrain : IGrainWithIntegerKey
{
    /// <summary>Returns what it is given.</summary>
    ValueTask<int> Ping(int value);

    /// <summary>The same with a task.</summary>
    Task<int> PingAsTask(int value);

    /// <summary>The process that the grain lives in.</summary>
    ValueTask<int> ProcessId();

    /// <summary>The bytes that the grain's process has allocated so far.</summary>
    ValueTask<long> AllocatedBytes();
}

/// <summary>Calls another grain, so that the call goes between silos when the two live on different ones.</summary>
public interface ICallerGrain : IGrainWithIntegerKey
{
    /// <summary>The process that the grain lives in.</summary>
    ValueTask<int> ProcessId();

    /// <summary>Keeps one call in flight to each of the grains until the time is over; returns how many calls were answered.</summary>
    Task<long> CallUntil(long[] targets, TimeSpan duration);

    /// <summary>Sends <paramref name="width"/> calls at a time without waiting for each; returns how many were answered.</summary>
    Task<long> FanOut(long firstTarget, int width, TimeSpan duration);

    /// <summary>Awaits one ping after the other until the time is over; returns how many were answered.</summary>
    Task<long> PingUntil(long target, TimeSpan duration);

    /// <summary>The same with the method that returns a task.</summary>
    Task<long> PingAsTaskUntil(long target, TimeSpan duration);
}

internal sealed class PingGrain : Grain, IPingGrain
{
    public ValueTask<int> Ping(int value) => new(value);

    public Task<int> PingAsTask(int value) => Task.FromResult(value);

    public ValueTask<long> AllocatedBytes() => new(GC.GetTotalAllocatedBytes(precise: true));

    public ValueTask<int> ProcessId() => new(Environment.ProcessId);
}

[Reentrant]
internal sealed class CallerGrain : Grain, ICallerGrain
{
    public ValueTask<int> ProcessId() => new(Environment.ProcessId);

    public async Task<long> CallUntil(long[] targets, TimeSpan duration)
    {
        var end = EndOf(duration);
        var counts = await Task.WhenAll(targets.Select(target => LoopAsync(GrainFactory.GetGrain<IPingGrain>(target), end)));
        return counts.Sum();
    }

    public async Task<long> FanOut(long firstTarget, int width, TimeSpan duration)
    {
        var targets = Enumerable.Range(0, width).Select(index => GrainFactory.GetGrain<IPingGrain>(firstTarget + index)).ToArray();
        var calls = new Task<int>[width];
        var end = EndOf(duration);
        long count = 0;
        while (System.Diagnostics.Stopwatch.GetTimestamp() < end)
        {
            for (var index = 0; index < width; index++)
            {
                calls[index] = targets[index].Ping(index).AsTask();
            }

            await Task.WhenAll(calls);
            count += width;
        }

        return count;
    }

    public Task<long> PingUntil(long target, TimeSpan duration) => LoopAsync(GrainFactory.GetGrain<IPingGrain>(target), EndOf(duration));

    public async Task<long> PingAsTaskUntil(long target, TimeSpan duration)
    {
        var grain = GrainFactory.GetGrain<IPingGrain>(target);
        var end = EndOf(duration);
        long count = 0;
        for (; System.Diagnostics.Stopwatch.GetTimestamp() < end; count++)
        {
            await grain.PingAsTask(1);
        }

        return count;
    }

    private static long EndOf(TimeSpan duration) => System.Diagnostics.Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * System.Diagnostics.Stopwatch.Frequency);

    private static async Task<long> LoopAsync(IPingGrain target, long end)
    {
        long count = 0;
        while (System.Diagnostics.Stopwatch.GetTimestamp() < end)
        {
            await target.Ping(1);
            count++;
        }

        return count;
    }
}
