using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Streams;
using Orleans.Streams.Filtering;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Streams.DeadLetters;
using OrleansShop.Engine.Streams.Implicit;
using OrleansShop.Engine.Streams.Monitoring;
using OrleansShop.Engine.Streams.Providers;
using OrleansShop.Engine.Streams.Subscribing;

namespace OrleansShop.Engine.Streams.Pulling;

/// <summary>
/// The way of an event from its queue to its subscribers.
/// </summary>
/// <remarks>
/// <code>
///  publisher                                        owner of the queue
///  ─────────                                        ──────────────────
///  (1) StreamOf.Publish        context, activity
///    ▼
///  (2) IQueueAdapter           the queue has it: accepted
///    │
///    └── queue ───────────────────────────────────► (3) QueueAgent.Pull       as much as the cache has room for
///                                                      ▼
///                                                   (4) StreamLane            the stream's subscriptions, read once
///                                                      ▼
///                                                   (5) SubscriptionPump      a cursor for each subscription
///                                                      ▼
///  subscriber                                       (6) one delivery at a time, tried again; after too many failures into the
///  ──────────                                          │ dead letters, and only then past the cursor
///  (7) StreamConsumerExtension ◄── a grain call ───────┘
///    ▼
///  (8) the observer
///    │
///    └── done ────────────────────────────────────► (9) QueueAgent.Acknowledge   when every cursor has passed it
/// </code>
/// Everything runs in turns of the agent's grain: there are no locks, and nothing is touched from elsewhere.
/// </remarks>
internal sealed partial class QueueAgent(ILogger<QueueAgent> logger) : IDisposable
{
    /// <summary>How long a stop waits for deliveries under way. What takes longer is delivered again by the next agent.</summary>
    private static readonly TimeSpan s_stopPatience = TimeSpan.FromSeconds(5);

    /// <summary>How long the receiver may take to let its queue go.</summary>
    private static readonly TimeSpan s_shutdownPatience = TimeSpan.FromSeconds(15);

    /// <summary>The most streams whose subscriptions are remembered; idle ones beyond it are forgotten before their time.</summary>
    private const int MaxIdleStreams = 16_384;

    private const int MaxAcknowledgeTries = 5;

    private readonly ILogger _logger = logger;
    private readonly Dictionary<StreamId, StreamLane> _lanes = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly HashSet<Task> _underWay = [];
    private readonly List<IBatchContainer> _delivered = [];
    private TaskCompletionSource _room = NewSignal();
    private Task _pulling = Task.CompletedTask;
    private Task _acknowledging = Task.CompletedTask;
    private DateTimeOffset _sweepAt;
    private bool _isStopped;

    public required StreamProvider Provider { get; init; }

    public required QueueId Queue { get; init; }

    public required GrainId Self { get; init; }

    public required IQueueAdapterReceiver Receiver { get; init; }

    public required IQueueCache Cache { get; init; }

    public required IStreamFailureHandler FailureHandler { get; init; }

    /// <summary>Where events go that could not be delivered; null if the provider has no dead letters.</summary>
    public DeadLettering? DeadLetters { get; private set; }

    public required StreamPullingAgentOptions Options { get; init; }

    public required IServiceProvider Services { get; init; }

    public required IStreamFilter? Filter { get; init; }

    public required ReferenceFactory References { get; init; }

    public required ImplicitSubscriptions Implicit { get; init; }

    public required ConsumersGone Consumers { get; init; }

    public required StreamMetrics Metrics { get; init; }

    /// <summary>What operators see of the queue while it is pulled here.</summary>
    public required PulledQueues Queues { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Cancelled when the agent stops.</summary>
    public CancellationToken Stopping { get; private set; }

    public ILogger Logger => _logger;

    /// <summary>Keeps what fails for good. Before the start.</summary>
    public void KeepFailures(IDeadLetterQueue queue, int maxAttempts) => DeadLetters = new DeadLettering(this, queue, maxAttempts);

    public async Task Start()
    {
        Stopping = _stopping.Token;
        await Receiver.Initialize(Options.InitQueueTimeout).WaitAsync(Options.InitQueueTimeout, Time);
        Metrics.AgentStarted(Provider.Name);
        Queues.Add(Provider.Name, Queue, Receiver);
        _sweepAt = Time.GetUtcNow() + Options.StreamInactivityPeriod;
        _pulling = Pull();
        LogStarted(Queue, Provider.Name);
    }

    /// <summary>Pulls no more, waits a while for deliveries under way, acknowledges what got through, and lets the queue go.</summary>
    public async Task Stop()
    {
        await _stopping.CancelAsync();
        _room.TrySetResult();
        await _pulling.WaitAsync(s_stopPatience, Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await Task.WhenAll(_underWay).WaitAsync(s_stopPatience, Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (_underWay.Count != 0)
            LogDeliveriesCut(Queue, Provider.Name, _underWay.Count);
        Acknowledge();
        _isStopped = true;
        await _acknowledging.WaitAsync(s_stopPatience, Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        foreach (var lane in _lanes.Values)
            lane.Dispose();
        Metrics.AgentStopped(Provider.Name);
        Queues.Remove(Provider.Name, Queue, Receiver);
        try
        {
            await Receiver.Shutdown(s_shutdownPatience).WaitAsync(s_shutdownPatience, Time);
        }
#pragma warning disable CA1031 // The queue may be unreachable, which is no reason to keep the agent.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogShutdownFailed(e, Queue, Provider.Name);
        }

        LogStopped(Queue, Provider.Name);
    }

    /// <summary>Lets go of what the stop left. After the stop.</summary>
    public void Dispose() => _stopping.Dispose();

    public void SubscriptionsChanged(StreamId stream, SubscriptionList list, Guid? added, StreamSequenceToken? from)
    {
        // A stream that no event has come for is read when one comes; but a subscription that goes back wants what has come before.
        if (!_lanes.TryGetValue(stream, out var lane))
        {
            if (from is null)
                return;
            lane = AddLane(stream, from: null);
        }

        lane.Take(list);
        if (added is { } id && from is not null)
            lane.Rewind(id, from);
    }

    public async Task Rewind(StreamId stream, Guid subscription, StreamSequenceToken from)
    {
        if (!_lanes.TryGetValue(stream, out var lane))
            lane = AddLane(stream, from: null);
        await lane.Known;
        lane.Rewind(subscription, from);
    }

    // (3) As much as the cache has room for; nothing when it is full.
    private async Task Pull()
    {
        while (!Stopping.IsCancellationRequested)
        {
            var startedAt = Time.GetTimestamp();
            var found = 0;
            try
            {
                var room = Cache.IsUnderPressure() ? 0 : Cache.GetMaxAddCount();
                if (room == 0)
                {
                    _room = NewSignal();
                    await _room.Task;
                    continue;
                }

                var messages = await Receiver.GetQueueMessagesAsync(room, Stopping);
                found = messages?.Count ?? 0;
                if (found != 0)
                    Take(messages!);
            }
            catch (OperationCanceledException) when (Stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever the queue's trouble: the agent tries again.
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogPullFailed(e, Queue, Provider.Name);
            }

            Acknowledge();
            SweepIdle();
            var rest = Options.GetQueueMsgsTimerPeriod - Time.GetElapsedTime(startedAt);
            if (found == 0 && rest > TimeSpan.Zero)
                await Task.Delay(rest, Time, Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private void Take(IList<IBatchContainer> messages)
    {
        Cache.AddToCache(messages);
        Metrics.Read(Provider.Name, messages.Count);
        var now = Time.GetUtcNow();
        foreach (var message in messages)
        {
            // (4) The stream of each, with its subscriptions.
            if (!_lanes.TryGetValue(message.StreamId, out var lane))
                lane = AddLane(message.StreamId, message.SequenceToken);
            lane.UsedAt = now;
        }

        foreach (var stream in messages.Select(static message => message.StreamId).Distinct())
            _lanes[stream].Wake();
    }

    private StreamLane AddLane(StreamId stream, StreamSequenceToken? from)
    {
        var lane = new StreamLane(this, stream, from) { UsedAt = Time.GetUtcNow() };
        _lanes.Add(stream, lane);
        return lane;
    }

    /// <summary>Counts a delivery as under way until it ends.</summary>
    public void Watch(Task delivering)
    {
        if (delivering.IsCompleted)
            return;
        _underWay.Add(delivering);
        _ = Forget(delivering);
    }

    private async Task Forget(Task delivering)
    {
        await delivering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _underWay.Remove(delivering);
    }

    // (9) What every cursor has passed goes from the queue.
    public void Acknowledge()
    {
        // What is let go after the end was not delivered.
        if (_isStopped || !Cache.TryPurgeFromCache(out var purged) || purged.Count == 0)
            return;
        _delivered.AddRange(purged);
        _room.TrySetResult();
        if (_acknowledging.IsCompleted)
            _acknowledging = AcknowledgeAll();
    }

    // A turn later: what gets through until then is told together.
    private async Task AcknowledgeAll()
    {
        await Task.Yield();
        while (_delivered.Count != 0)
        {
            List<IBatchContainer> messages = [.. _delivered];
            _delivered.Clear();
            for (var tries = 1; ; tries++)
            {
                try
                {
                    await Receiver.MessagesDeliveredAsync(messages, CancellationToken.None);
                    break;
                }
#pragma warning disable CA1031 // Whatever the queue's trouble: what it was not told it gives out again.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    LogAcknowledgeFailed(e, messages.Count, Queue, Provider.Name);
                    if (tries == MaxAcknowledgeTries || Stopping.IsCancellationRequested)
                        break;
                }

                await Task.Delay(Backoff.After(tries), Time);
            }
        }
    }

    // Streams without events cost memory for their subscriptions: they go after a while, or sooner when there are very many.
    private void SweepIdle()
    {
        var now = Time.GetUtcNow();
        if (now < _sweepAt && _lanes.Count < MaxIdleStreams)
            return;
        _sweepAt = now + (Options.StreamInactivityPeriod / 4);
        var tooOld = now - Options.StreamInactivityPeriod;
        var surplus = _lanes.Count - (MaxIdleStreams / 2);
        foreach (var lane in _lanes.Values.Where(static lane => lane.IsIdle).OrderBy(static lane => lane.UsedAt).ToList())
        {
            if (lane.UsedAt > tooOld && (_lanes.Count < MaxIdleStreams / 2 || surplus-- <= 0))
                break;
            lane.Dispose();
            _lanes.Remove(lane.Stream);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
