using Orleans.Runtime;
using Orleans.Streams;
using OrleansShop.Engine.Streams.Subscribing;

namespace OrleansShop.Engine.Streams.Pulling;

/// <summary>A stream with events, as its agent sees it: its subscriptions, and how far each has got.</summary>
internal sealed class StreamLane : IDisposable
{
    private readonly QueueAgent _agent;
    private readonly Dictionary<Guid, SubscriptionPump> _pumps = [];
    private readonly StreamSequenceToken? _first;

    // Keeps the first events in the cache until the subscriptions are known.
    private IQueueCacheCursor? _pin;
    private long _version;
    private bool _isDisposed;

    public StreamLane(QueueAgent agent, StreamId stream, StreamSequenceToken? first)
    {
        _agent = agent;
        _first = first;
        Stream = stream;
        _pin = agent.Cache.GetCacheCursor(stream, first);
        Known = LearnSubscriptions();
    }

    public StreamId Stream { get; }

    /// <summary>Completes when the subscriptions are known.</summary>
    public Task Known { get; }

    /// <summary>When the last event came.</summary>
    public DateTimeOffset UsedAt { get; set; }

    public bool IsIdle => _pin is null && _pumps.Values.All(static pump => pump.IsIdle);

    /// <summary>Events have come.</summary>
    public void Wake()
    {
        foreach (var pump in _pumps.Values)
            pump.Wake();
    }

    /// <summary>Takes over the explicit subscriptions, if they are newer than those known.</summary>
    public void Take(SubscriptionList list)
    {
        if (_isDisposed || list.Version <= _version)
            return;
        _version = list.Version;
        var wanted = list.Subscriptions.Where(static subscription => !subscription.IsFaulted).ToDictionary(static subscription => subscription.Id);
        foreach (var gone in _pumps.Values.Where(pump => !pump.IsImplicit && !wanted.ContainsKey(pump.Id)).ToList())
            Remove(gone);
        foreach (var subscription in wanted.Values)
            Add(subscription, isImplicit: false);
    }

    /// <summary>Puts a subscription to a place in the stream; tells it if that has gone.</summary>
    public void Rewind(Guid subscription, StreamSequenceToken from)
    {
        if (_pumps.TryGetValue(subscription, out var pump))
            pump.Rewind(from);
    }

    public void Remove(SubscriptionPump pump)
    {
        _pumps.Remove(pump.Id);
        pump.Dispose();
        _agent.Acknowledge();
    }

    public void Dispose()
    {
        _isDisposed = true;
        Unpin();
        foreach (var pump in _pumps.Values)
            pump.Dispose();
        _pumps.Clear();
    }

    // (4) Implicit ones are computed, explicit ones read; events wait for as long as that takes.
    private async Task LearnSubscriptions()
    {
        // After the constructor, whose caller wants to put the lane into its table first.
        await Task.Yield();
        for (var tries = 1; !_isDisposed; tries++)
        {
            try
            {
                var list = _agent.Provider.PubSubType == StreamPubSubType.ImplicitOnly
                    ? new SubscriptionList(1, [])
                    : await _agent.References.Create<IPubSubRendezvousGrain>(PubSubRendezvousGrain.IdOf(_agent.Provider.Name, Stream)).Read();
                if (_isDisposed)
                    return;
                Take(list);
                if (_agent.Provider.PubSubType != StreamPubSubType.ExplicitGrainBasedOnly)
                {
                    foreach (var subscription in _agent.Implicit.Of(_agent.Provider.Name, Stream))
                        Add(subscription, isImplicit: true);
                }

                Unpin();
                Wake();
                _agent.Acknowledge();
                return;
            }
#pragma warning disable CA1031 // The store may be away: events wait, nothing is lost.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _agent.LogSubscriptionsUnread(e, Stream, _agent.Provider.Name);
            }

            await Task.Delay(Backoff.After(tries), _agent.Time, _agent.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    // Those known before the first events were released get these events; those that come later what is added from then on.
    private void Add(StreamSubscription subscription, bool isImplicit)
    {
        if (_pumps.TryGetValue(subscription.Id, out var known))
        {
            known.Update(subscription);
            return;
        }

        var cursor = _agent.Cache.GetCacheCursor(Stream, _pin is null ? null : _first);
        _pumps.Add(subscription.Id, new SubscriptionPump(_agent, this, subscription, isImplicit, cursor));
    }

    private void Unpin()
    {
        _pin?.Dispose();
        _pin = null;
    }
}
