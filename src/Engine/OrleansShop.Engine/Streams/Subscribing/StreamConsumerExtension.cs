using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using Orleans.Streams.Core;

namespace OrleansShop.Engine.Streams.Subscribing;

/// <summary>The observers of one activation, or of one client's subscription, by subscription.</summary>
/// <remarks>Touched in turns of that activation only.</remarks>
internal sealed partial class StreamConsumerExtension(SubscriptionDesk desk, ILogger<StreamConsumerExtension> logger) : IStreamConsumerExtension, IGrainObserver
{
    private readonly ILogger _logger = logger;
    private readonly Dictionary<Guid, EventSink> _sinks = [];

    /// <summary>Gives a subscription an observer, in the place of the one that it may have.</summary>
    public void Attach(Guid subscription, EventSink sink) => _sinks[subscription] = sink;

    public void Detach(Guid subscription) => _sinks.Remove(subscription);

    public async Task Deliver(StreamDelivery delivery)
    {
        if (await FindSink(delivery.SubscriptionId, delivery.ProviderName, delivery.StreamId) is not { } sink)
        {
            desk.Metrics.Dropped(delivery.ProviderName);
            LogNoObserver(delivery.StreamId, delivery.ProviderName, delivery.SubscriptionId);
            return;
        }

        // (8) The observer, event by event.
        await sink.Deliver(delivery, desk);
    }

    public async Task Fail(Guid subscription, string provider, StreamId stream, Exception error)
    {
        if (await FindSink(subscription, provider, stream) is { } sink)
            await sink.OnErrorAsync(error);
    }

    // A grain that was activated anew may want to be asked before events are dropped.
    private async ValueTask<EventSink?> FindSink(Guid subscription, string provider, StreamId stream)
    {
        if (_sinks.TryGetValue(subscription, out var sink))
            return sink;
        if (!TryGetSubscriptionObserver(out var observer))
            return null;
        await observer.OnSubscribed(new UnobservedSubscription(desk, provider, stream, subscription));
        return _sinks.GetValueOrDefault(subscription);
    }

    private static bool TryGetSubscriptionObserver([NotNullWhen(true)] out IStreamSubscriptionObserver? observer)
    {
        observer = Context.CurrentActivation.Context?.GrainInstance as IStreamSubscriptionObserver;
        return observer is not null;
    }
}
