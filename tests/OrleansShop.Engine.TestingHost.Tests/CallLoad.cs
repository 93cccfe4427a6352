using System.Collections.Concurrent;
using OrleansShop.Engine.TestingHost.Tests.Grains;

namespace OrleansShop.Engine.TestingHost.Tests;

/// <summary>Callers that call grains one after the other until they are stopped.</summary>
internal sealed class CallLoad : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _callers;
    private int _done;

    public CallLoad(IGrainFactory grains, string test, int callers = 20, int keys = 200, int workMilliseconds = 1)
    {
        _callers = [.. Enumerable.Range(0, callers).Select(caller => Task.Run(() => Call(grains, test, caller, keys, workMilliseconds)))];
    }

    public ConcurrentQueue<Exception> Failures { get; } = new();

    public ConcurrentDictionary<SiloAddress, int> Answered { get; } = new();

    public int Done => Volatile.Read(ref _done);

    /// <summary>Waits until this many more calls are done.</summary>
    public Task More(int calls)
    {
        var until = Done + calls;
        return Eventually.Holds(() => Done >= until, $"{calls} more calls were done");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_callers);
        _stop.Dispose();
    }

    private async Task Call(IGrainFactory grains, string test, int caller, int keys, int workMilliseconds)
    {
        var random = new Random(caller);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var silo = await grains.GetGrain<ISoloGrain>(random.Next(keys)).Work(test, workMilliseconds);
                Answered.AddOrUpdate(silo, 1, static (_, count) => count + 1);
            }
            catch (Exception failure)
            {
                Failures.Enqueue(failure);
            }

            Interlocked.Increment(ref _done);
        }
    }
}
