namespace Orleans.Streams;

/// <summary>Takes events as they were published: several at a time.</summary>
public interface IAsyncBatchObserver<T>
{
    /// <summary>Takes events. The next ones come when the returned task has completed; if it fails, the same ones come again.</summary>
    Task OnNextAsync(IList<SequentialItem<T>> items);

    /// <summary>Learns that no more events come.</summary>
    Task OnCompletedAsync();

    /// <summary>Learns of an error: one that a publisher sent, or one of delivery.</summary>
    Task OnErrorAsync(Exception ex);
}
