using Orleans.Streams;

namespace OrleansShop.Engine.Streams.Subscribing;

/// <summary>Gives events to an observer one at a time.</summary>
/// <param name="observer">The observer.</param>
/// <param name="from">The first event that it wants; null for all that come.</param>
internal sealed class ItemSink<T>(IAsyncObserver<T> observer, StreamSequenceToken? from) : EventSink
{
    // The last event of the delivery under way that the observer has taken.
    private StreamSequenceToken? _taken;

    public override async Task Deliver(StreamDelivery delivery, SubscriptionDesk desk)
    {
        if (!delivery.IsRetry)
            _taken = null;
        foreach (var message in delivery.Batches)
        {
            // All of an earlier message was taken before the first event of a later one.
            if (_taken is not null && message.SequenceToken.SequenceNumber < _taken.SequenceNumber)
                continue;
            var (batch, activity) = Open(message, delivery, desk);
            using (activity)
                await (IsSignal(batch) ? Tell(batch) : Deliver(batch));
        }
    }

    public override Task OnErrorAsync(Exception error) => observer.OnErrorAsync(error);

    protected override Task OnCompletedAsync() => observer.OnCompletedAsync();

    private async Task Deliver(IBatchContainer batch)
    {
        foreach (var (item, token) in batch.GetEvents<T>())
        {
            if ((_taken is not null && token.CompareTo(_taken) <= 0) || (from is not null && token.CompareTo(from) < 0))
                continue;
            await observer.OnNextAsync(item, token);
            _taken = token;
        }
    }
}
