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

    /// <summary>Prepares a message for being read here. True if it was the end of the stream or an error, which the observer has heard of then.</summary>
    protected async ValueTask<bool> Open(IBatchContainer batch, SubscriptionDesk desk, string provider)
    {
        if (batch is IReadWithServices needing)
            needing.Attach(desk.Services, provider);
        if (!batch.ImportRequestContext())
            RequestContext.Clear();
        if (batch is not IMaySignal { IsSignal: true })
            return false;
        foreach (var (signal, _) in batch.GetEvents<StreamSignal>())
            await (signal.Error is { } error ? OnErrorAsync(error) : OnCompletedAsync());
        return true;
    }
}
