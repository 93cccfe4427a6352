using Orleans.Streams;

namespace OrleansShop.Engine.Streams.Subscribing;

/// <summary>Gives events to an observer that takes several at a time: all of a delivery together.</summary>
/// <param name="observer">The observer.</param>
/// <param name="from">The first event that it wants; null for all that come.</param>
internal sealed class BatchSink<T>(IAsyncBatchObserver<T> observer, StreamSequenceToken? from) : EventSink
{
    public override async Task Deliver(StreamDelivery delivery, SubscriptionDesk desk)
    {
        // One call, so one request context and one activity: those of the first message.
        var (first, activity) = Open(delivery.Batches[0], delivery, desk);
        using var around = activity;
        var items = new List<SequentialItem<T>>();
        for (var i = 0; i < delivery.Batches.Count; i++)
        {
            var batch = i == 0 ? first : Readable(delivery.Batches[i], delivery, desk);
            if (IsSignal(batch))
            {
                // What came before the end of the stream has to be taken before the observer hears of the end.
                await Flush(items);
                await Tell(batch);
                continue;
            }

            items.AddRange(batch.GetEvents<T>()
                .Where(pair => from is null || pair.Item2.CompareTo(from) >= 0)
                .Select(static pair => new SequentialItem<T>(pair.Item1, pair.Item2)));
        }

        await Flush(items);
    }

    public override Task OnErrorAsync(Exception error) => observer.OnErrorAsync(error);

    protected override Task OnCompletedAsync() => observer.OnCompletedAsync();

    private static IBatchContainer Readable(IBatchContainer batch, StreamDelivery delivery, SubscriptionDesk desk) =>
        batch is Events.IReadWithServices needing ? needing.ForReader(desk.Services, delivery.ProviderName) : batch;

    private async Task Flush(List<SequentialItem<T>> items)
    {
        if (items.Count == 0)
            return;
        await observer.OnNextAsync([.. items]);
        items.Clear();
    }
}
