using System.Collections.Concurrent;
using System.Diagnostics;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace OrleansShop.Benchmarks.Sqs;

public interface IMeteredGrain : IGrainWithIntegerKey;

[ImplicitStreamSubscription(Namespace)]
public sealed class MeteredGrain : Grain, IMeteredGrain, IStreamSubscriptionObserver
{
    public const string Namespace = "metered";

    private static readonly ConcurrentDictionary<long, TaskCompletionSource> s_waiting = new();

    private static long s_handled;

    public static long Handled => Interlocked.Read(ref s_handled);

    public static bool KeepsLatencies { get; set; }

    public static ConcurrentQueue<double> Latencies { get; } = new();

    /// <summary>Completes when the grain with a key has had its next event.</summary>
    public static Task NextOf(long key)
    {
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        s_waiting[key] = waiting;
        return waiting.Task;
    }

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<MeteredEvent>().ResumeAsync((item, _) =>
    {
        var key = this.GetPrimaryKeyLong();
        Interlocked.Increment(ref s_handled);
        if (KeepsLatencies) Latencies.Enqueue(Stopwatch.GetElapsedTime(item.SentAt).TotalMilliseconds);
        if (s_waiting.TryRemove(key, out var waiting)) waiting.SetResult();
        return Task.CompletedTask;
    });
}
