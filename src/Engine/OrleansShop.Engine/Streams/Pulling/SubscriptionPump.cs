using Orleans.Runtime;
using Orleans.Streams;
using OrleansShop.Engine.Streams.DeadLetters;
using OrleansShop.Engine.Streams.Events;
using OrleansShop.Engine.Streams.Subscribing;

namespace OrleansShop.Engine.Streams.Pulling;

/// <summary>Delivers the events of one stream to one subscription: in order, one delivery at a time.</summary>
internal sealed class SubscriptionPump : IDisposable
{
    private readonly QueueAgent _agent;
    private readonly StreamLane _lane;
    private readonly CancellationTokenSource _ending;
    private readonly CancellationToken _ended;
    private StreamSubscription _subscription;
    private IStreamConsumerExtension _consumer;
    private IQueueCacheCursor _cursor;
    private IQueueCacheCursor? _rewound;
    private bool _isRunning;
    private bool _isDisposed;

    public SubscriptionPump(QueueAgent agent, StreamLane lane, StreamSubscription subscription, bool isImplicit, IQueueCacheCursor cursor)
    {
        _agent = agent;
        _lane = lane;
        _subscription = subscription;
        _cursor = cursor;
        _ending = CancellationTokenSource.CreateLinkedTokenSource(agent.Stopping);
        _ended = _ending.Token;
        _consumer = agent.References.Create<IStreamConsumerExtension>(subscription.Consumer);
        IsImplicit = isImplicit;
    }

    public Guid Id => _subscription.Id;

    public bool IsImplicit { get; }

    public bool IsIdle => !_isRunning;

    private string ProviderName => _agent.Provider.Name;

    /// <summary>There may be something to deliver.</summary>
    public void Wake()
    {
        if (_isRunning || _isDisposed || _agent.Stopping.IsCancellationRequested)
            return;
        _isRunning = true;
        _agent.Watch(Run());
    }

    /// <summary>The subscription has another consumer or filter from here on.</summary>
    public void Update(StreamSubscription subscription)
    {
        if (subscription.Consumer != _subscription.Consumer)
            _consumer = _agent.References.Create<IStreamConsumerExtension>(subscription.Consumer);
        _subscription = subscription;
    }

    /// <summary>Goes on at a place in the stream, after the delivery under way; tells the observer if that place has gone.</summary>
    public void Rewind(StreamSequenceToken from)
    {
        if (_isDisposed)
            return;
        try
        {
            _rewound?.Dispose();
            _rewound = null;
            _rewound = _agent.Cache.GetCacheCursor(_lane.Stream, from);
            Wake();
        }
        catch (QueueCacheMissException miss)
        {
            _agent.Watch(Tell(miss));
        }
    }

    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _ending.Cancel();
        _ending.Dispose();
        _rewound?.Dispose();
        if (!_isRunning)
            _cursor.Dispose();
    }

    private async Task Run()
    {
        // Always in a turn of its own: whoever wakes many pumps should not run their first deliveries one below the other.
        await Task.Yield();
        try
        {
            while (TryTake(out var batches, out var pin))
            {
                bool isDone;
                using (pin)
                    isDone = await Deliver(batches);

                // What did not get through before the agent stopped stays before the cursor: the next agent delivers it.
                if (!isDone)
                    break;
                _agent.Metrics.Delivered(ProviderName, batches.Count);
                if (_agent.Stopping.IsCancellationRequested)
                {
                    _cursor.MoveNext();
                    break;
                }
            }
        }
        finally
        {
            _isRunning = false;
            if (_isDisposed)
                _cursor.Dispose();
            _agent.Acknowledge();
        }
    }

    // (5) The next messages of the stream that the subscription wants. Those before the last are kept by a cursor of their own until all are delivered.
    private bool TryTake(out List<IBatchContainer> batches, out IQueueCacheCursor? pin)
    {
        batches = [];
        pin = null;
        if (_rewound is not null)
        {
            _cursor.Dispose();
            _cursor = _rewound;
            _rewound = null;
        }

        while (!_isDisposed && !_agent.Stopping.IsCancellationRequested && batches.Count < _agent.Options.BatchContainerBatchSize && _cursor.MoveNext())
        {
            if (_cursor.GetCurrent(out var missing) is not { } batch)
            {
                if (missing is not null)
                    _agent.Watch(Tell(missing));
                continue;
            }

            if (!IsForThis(batch) || !IsWanted(batch))
                continue;
            if (batches.Count == 0 && _agent.Options.BatchContainerBatchSize > 1)
                pin = _agent.Cache.GetCacheCursor(_lane.Stream, batch.SequenceToken);
            batches.Add(batch);
        }

        if (batches.Count != 0)
            return true;

        // The pass over what was last delivered may have been the last one that it waited for.
        _agent.Acknowledge();
        return false;
    }

    // What is sent again out of the dead letters is for the subscription that could not take it: the others had it.
    private bool IsForThis(IBatchContainer batch) => batch is not IRetriedMessage { OnlyFor: { } ids } || ids.Contains(Id);

    private bool IsWanted(IBatchContainer batch)
    {
        if (_agent.Filter is not { } filter || batch is IMaySignal { IsSignal: true })
            return true;
        try
        {
            var readable = batch is IReadWithServices needing ? needing.ForReader(_agent.Services, ProviderName) : batch;
            return readable.GetEvents<object>().Any(pair => filter.ShouldDeliver(_lane.Stream, pair.Item1, _subscription.FilterData!));
        }
#pragma warning disable CA1031 // A filter is the application's: better an event too many than one lost.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _agent.LogFilterFailed(e, ProviderName, _lane.Stream);
            return true;
        }
    }

    // (6) Again and again, until it gets through, has failed too often or for too long, or nobody is there any more: then it is done with. False if it has to stop before.
    private async Task<bool> Deliver(List<IBatchContainer> batches, bool isRetry = false)
    {
        var startedAt = _agent.Time.GetTimestamp();
        DateTimeOffset? firstFailedAt = null;
        var attempts = 0;
        for (var tries = 1; ; tries++)
        {
            Exception failure;
            try
            {
                _agent.Metrics.Attempted(ProviderName);

                // (7) A grain call, which activates the grain if it has to.
                await _consumer.Deliver(new StreamDelivery(Id, ProviderName, _lane.Stream, batches, isRetry || tries > 1));
                return true;
            }
#pragma warning disable CA1031 // Whatever the observer throws.
            catch (Exception e)
#pragma warning restore CA1031
            {
                failure = e;
            }

            if (_isDisposed || _agent.Stopping.IsCancellationRequested)
                return false;
            _cursor.RecordDeliveryFailure();
            if (_agent.Consumers.IsGone(_subscription.Consumer, failure))
            {
                await EndWithConsumer();
                return true;
            }

            firstFailedAt ??= _agent.Time.GetUtcNow();
            if (HasReachedIt(failure))
                attempts++;
            var wait = Backoff.After(tries);
            if (_agent.DeadLetters?.IsEnough(batches, attempts) == true || _agent.Time.GetElapsedTime(startedAt) + wait >= _agent.Options.MaxEventDeliveryTime)
                return await EndTries(batches, new FailedDelivery(failure, attempts, firstFailedAt.Value, _agent.Time.GetUtcNow()));

            _agent.Metrics.Retried(ProviderName);
            await Task.Delay(wait, _agent.Time, _ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (_isDisposed || _agent.Stopping.IsCancellationRequested)
                return false;
        }
    }

    // A call that was turned away on its way says nothing of the event: silos come and go.
    private static bool HasReachedIt(Exception failure) => failure is not OrleansMessageRejectionException;

    private async Task<bool> EndTries(List<IBatchContainer> batches, FailedDelivery failed)
    {
        if (_agent.DeadLetters is not { } deadLetters)
        {
            await GiveUp(batches[0].SequenceToken, failed);
            return true;
        }

        if (batches.Count == 1)
        {
            // Safe before it is told to anyone, and before the cursor passes it.
            if (!await deadLetters.Keep(batches[0], _subscription, failed, _ended))
                return false;
            await GiveUp(batches[0].SequenceToken, failed);
            return true;
        }

        // One of several could not be taken: only that one shall go.
        foreach (var batch in batches)
        {
            if (!await Deliver([batch], isRetry: true))
                return false;
        }

        return true;
    }

    private async Task EndWithConsumer()
    {
        _agent.LogConsumerGone(Id, _lane.Stream, ProviderName, _subscription.Consumer);
        await ChangeSubscription(rendezvous => rendezvous.Unsubscribe(Id, _agent.Self));
        _lane.Remove(this);
    }

    private async Task GiveUp(StreamSequenceToken token, FailedDelivery failed)
    {
        _agent.Metrics.Failed(ProviderName);
        if (_agent.DeadLetters is null)
            _agent.LogGivenUp(failed.Failure, _lane.Stream, ProviderName, token, Id, _subscription.Consumer);
        await AskHandler(handler => handler.OnDeliveryFailure(GuidId.GetGuidId(Id), ProviderName, _lane.Stream, token));
        if (_agent.FailureHandler.ShouldFaultSubsriptionOnError)
        {
            await ChangeSubscription(rendezvous => rendezvous.Fault(Id, _agent.Self));
            await AskHandler(handler => handler.OnSubscriptionFailure(GuidId.GetGuidId(Id), ProviderName, _lane.Stream, token));
            _lane.Remove(this);
        }

        var end = _agent.DeadLetters is null
            ? $"within {_agent.Options.MaxEventDeliveryTime} (StreamPullingAgentOptions.MaxEventDeliveryTime) and is given up"
            : $"in {failed.Attempts} attempts since {failed.FirstFailedAt:u} and is among the provider's dead letters";
        await Tell(new StreamEventDeliveryFailureException(
            $"The event of stream {_lane.Stream} of provider \"{ProviderName}\" at {token} could not be delivered {end}: {failed.Failure.Message}", failed.Failure));
    }

    private async Task ChangeSubscription(Func<IPubSubRendezvousGrain, Task> change)
    {
        if (IsImplicit)
            return;
        try
        {
            await change(_agent.References.Create<IPubSubRendezvousGrain>(PubSubRendezvousGrain.IdOf(ProviderName, _lane.Stream)));
        }
#pragma warning disable CA1031 // The store may be away. The pump ends all the same; the next agent tries again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _agent.LogNotRemoved(e, Id, _lane.Stream, ProviderName);
        }
    }

    private async Task AskHandler(Func<IStreamFailureHandler, Task> ask)
    {
        try
        {
            await ask(_agent.FailureHandler);
        }
#pragma warning disable CA1031 // The handler is the application's, and the last one to ask.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _agent.LogHandlerFailed(e, ProviderName, Id, _lane.Stream);
        }
    }

    private async Task Tell(Exception error)
    {
        try
        {
            await _consumer.Fail(Id, ProviderName, _lane.Stream, error);
        }
#pragma warning disable CA1031 // One that does not take events may not take errors either.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _agent.LogNotTold(e, Id, _lane.Stream);
        }
    }
}
