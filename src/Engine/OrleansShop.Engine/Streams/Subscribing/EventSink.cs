using System.Diagnostics;
using Orleans.Runtime;
using Orleans.Streams;
using OrleansShop.Engine.Streams.Events;

namespace OrleansShop.Engine.Streams.Subscribing;

/// <summary>An observer, whatever its type of events.</summary>
internal abstract class EventSink
{
    /// <summary>Gives the events of a delivery to the observer. Fails as the observer fails.</summary>
    public abstract Task Deliver(StreamDelivery delivery, SubscriptionDesk desk);

    public abstract Task OnErrorAsync(Exception error);

    protected abstract Task OnCompletedAsync();

    /// <summary>Prepares a message for being read here: its request context becomes the current one, and the activity is around what follows.</summary>
    protected static (IBatchContainer Batch, Activity? Activity) Open(IBatchContainer batch, StreamDelivery delivery, SubscriptionDesk desk)
    {
        var readable = batch is IReadWithServices needing ? needing.ForReader(desk.Services, delivery.ProviderName) : batch;
        if (!readable.ImportRequestContext())
            RequestContext.Clear();
        return (readable, StreamActivities.StartDelivery(delivery));
    }

    /// <summary>Whether a message is the end of the stream or an error.</summary>
    protected static bool IsSignal(IBatchContainer batch) => batch is IMaySignal { IsSignal: true };

    /// <summary>Tells the observer of the end of the stream, or of an error.</summary>
    protected async Task Tell(IBatchContainer signals)
    {
        foreach (var (signal, _) in signals.GetEvents<StreamSignal>())
            await (signal.Error is { } error ? OnErrorAsync(error) : OnCompletedAsync());
    }
}
