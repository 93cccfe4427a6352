using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansShop.Strangler.Events;

namespace OrleansShop.Strangler.Outbox;

/// <summary>What all outboxes of a process share: the way out, its limit, the clock. Thread-safe.</summary>
public sealed class EventPublishing : IDisposable
{
    /// <summary>The name of the source of activities, one for each try to publish an event, which continues the trace that the event was recorded in.</summary>
    public const string ActivitySourceName = "OrleansShop.Outbox";

    private static readonly ActivitySource Activities = new(ActivitySourceName);

    private readonly IEventTransport _transport;
    private readonly SemaphoreSlim _places;
    private readonly Random _random; // Locks itself.

    /// <summary>Puts it together.</summary>
    /// <param name="transport">The way out.</param>
    /// <param name="options">Limits and times.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">For pauses and tokens; used under its own lock and by nobody else.</param>
    /// <param name="metrics">What is counted.</param>
    /// <param name="logger">Where failures are reported.</param>
    public EventPublishing(IEventTransport transport, IOptions<OutboxOptions> options, TimeProvider time, Random random, OutboxMetrics metrics, ILogger<EventPublishing> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _transport = transport;
        _random = random;
        Options = options.Value;
        Time = time;
        Metrics = metrics;
        Logger = logger;
        _places = new SemaphoreSlim(Options.MaxConcurrentPublishes);
    }

    /// <summary>Limits and times.</summary>
    public OutboxOptions Options { get; }

    internal TimeProvider Time { get; }

    internal OutboxMetrics Metrics { get; }

    internal ILogger Logger { get; }

    /// <inheritdoc />
    public void Dispose() => _places.Dispose();

    /// <summary>Publishes an event; that it fails leaves unknown whether it was accepted.</summary>
    internal async Task PublishAsync(StreamId stream, CloudEvent happened)
    {
        await _places.WaitAsync();
        try
        {
            using var activity = Activities.StartActivity($"publish {happened.Type}", ActivityKind.Producer, happened.TraceParent);
            await _transport.PublishAsync(stream, happened).WaitAsync(Options.PublishTimeout, Time);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>How long to wait after so many failures in a row: at least half of a pause that doubles up to its limit, so that grains that failed together do not come back together.</summary>
    internal TimeSpan PauseAfter(int failures)
    {
        var longest = Math.Min(Options.MaxRetryDelay.TotalMilliseconds, Options.RetryDelay.TotalMilliseconds * Math.Pow(2, Math.Min(failures, 30) - 1));
        lock (_random)
        {
            return TimeSpan.FromMilliseconds(longest * (0.5 + (0.5 * _random.NextDouble())));
        }
    }

    /// <summary>From half to one and a half of a time, so that processes that started together do not come together.</summary>
    internal TimeSpan Spread(TimeSpan about)
    {
        lock (_random)
        {
            return about * (0.5 + _random.NextDouble());
        }
    }

    /// <summary>A token that no other mark has.</summary>
    internal long NewToken()
    {
        lock (_random)
        {
            return _random.NextInt64();
        }
    }
}
