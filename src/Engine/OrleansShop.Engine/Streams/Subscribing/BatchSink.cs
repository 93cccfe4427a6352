using Orleans.Streams;

namespace OrleansShop.Engine.Streams.Subscribing;

/// <summary>Gives events to an observer that takes several at a time: all of a delivery together.</summary>
/// <param name="observer">The observer.</param>
/// <param name="from">The first event that it wants; null for all that come.</param>
internal sealed class BatchSink<T>(IAsyncBatchObserver<T> observer, StreamSequenceToken? from) : EventSink
{
    public override async Task Deliver(StreamDelivery delivery, SubscriptionDesk desk)
    {
        using var activity = StreamActivities.StartDelivery(delivery.Batches[0], delivery);
        var items = new List<SequentialItem<T>>();
        foreach (var batch in delivery.Batches)
        {
            // What came before the end of the stream has to be taken before the observer hears of the end.
            if (batch is Events.IMaySignal { IsSignal: true })
                await Flush(items);
            if (await Open(batch, desk, delivery.ProviderName))
                continue;
            items.AddRange(batch.GetEvents<T>()
                .Where(pair => from is null || pair.Item2.CompareTo(from) >= 0)
                .Select(static pair => new SequentialItem<T>(pair.Item1, pair.Item2)));
        }

        await Flush(items);
    }

    public override Task OnErrorAsync(Exception error) => observer.OnErrorAsync(error);

    protected override Task OnCompletedAsync() => observer.OnCompletedAsync();

    private async Task Flush(List<SequentialItem<T>> items)
    {
        if (items.Count == 0)
            return;
        await observer.OnNextAsync([.. items]);
        items.Clear();
    }
}
