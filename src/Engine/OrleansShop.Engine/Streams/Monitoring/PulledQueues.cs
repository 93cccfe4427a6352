using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Orleans.Streams;
using OrleansShop.Engine.Diagnostics;

namespace OrleansShop.Engine.Streams.Monitoring;

/// <summary>The queues whose agents run in this silo: asked by operators, and by whoever collects metrics.</summary>
internal sealed partial class PulledQueues : IQueueReports
{
    /// <summary>How old what gauges show may be before the queues are asked anew. Some of them cost calls.</summary>
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(10);

    /// <summary>How long a queue may take to tell how it stands.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(string Provider, string Queue), IQueueAdapterReceiver> _receivers = new();
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>What gauges show; replaced by whoever has asked the queues last.</summary>
    private volatile IReadOnlyList<QueueReport> _last = [];
    private long _askedAt;
    private int _isAsking;

    public PulledQueues(EngineMetrics metrics, TimeProvider time, ILogger<PulledQueues> logger)
    {
        _time = time;
        _logger = logger;
        metrics.Meter.CreateObservableGauge("orleans-streams-queue-depth", () => Show(static queue => queue.Depth), "messages");
        metrics.Meter.CreateObservableGauge("orleans-streams-queue-in-flight", () => Show(static queue => queue.InFlight), "messages");
        metrics.Meter.CreateObservableGauge("orleans-streams-queue-oldest-age", () => Show(static queue => queue.OldestAge?.TotalSeconds), "s");
        metrics.Meter.CreateObservableGauge("orleans-streams-queue-dead-letters", () => Show(static queue => queue.DeadLetters), "messages");
    }

    /// <summary>An agent has begun to pull a queue.</summary>
    public void Add(string provider, QueueId queue, IQueueAdapterReceiver receiver) => _receivers[(provider, queue.ToString())] = receiver;

    /// <summary>It has ended. Another one of the same queue may have begun here meanwhile, and stays.</summary>
    public void Remove(string provider, QueueId queue, IQueueAdapterReceiver receiver) => _receivers.TryRemove(new((provider, queue.ToString()), receiver));

    public async Task<IReadOnlyList<QueueReport>> ReadAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(_receivers.OrderBy(static entry => entry.Key).Select(entry => Ask(entry.Key.Provider, entry.Key.Queue, entry.Value, cancellationToken)));

    private async Task<QueueReport> Ask(string provider, string queue, IQueueAdapterReceiver receiver, CancellationToken cancellationToken)
    {
        if (receiver is not IQueueStatistics statistics)
            return new(provider, queue, Statistics: null, "Queues of this kind do not tell how they stand.");
        try
        {
            using var late = new CancellationTokenSource(s_patience, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
            return new(provider, queue, await statistics.ReadAsync(either.Token), Problem: null);
        }
#pragma warning disable CA1031 // Whatever the queue's trouble: others are not hidden by it.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogSilent(e, queue, provider);
            return new(provider, queue, Statistics: null, $"The queue did not tell: {e.Message}");
        }
    }

    // Gauges are read without waiting: they show what was known last, and have it asked anew.
    private IEnumerable<Measurement<T>> Show<T>(Func<QueueStatistics, T?> what)
        where T : struct
    {
        if (_time.GetElapsedTime(Volatile.Read(ref _askedAt)) >= s_fresh && !_receivers.IsEmpty && Interlocked.Exchange(ref _isAsking, 1) == 0)
            _ = Task.Run(AskAnew);
        foreach (var report in _last)
        {
            if (report.Statistics is { } statistics && what(statistics) is { } value && _receivers.ContainsKey((report.Provider, report.Queue)))
                yield return new(value, new("name", report.Provider), new("queue", report.Queue));
        }
    }

    private async Task AskAnew()
    {
        try
        {
            _last = await ReadAsync(CancellationToken.None);
        }
        finally
        {
            Volatile.Write(ref _askedAt, _time.GetTimestamp());
            Volatile.Write(ref _isAsking, 0);
        }
    }

    [LoggerMessage(5147, LogLevel.Warning, "Queue {Queue} of stream provider {Provider} did not tell how it stands.")]
    private partial void LogSilent(Exception exception, string queue, string provider);
}
