namespace Orleans.Streams;

/// <summary>Takes events one at a time.</summary>
public interface IAsyncObserver<in T>
{
    /// <summary>Takes an event. The next one comes when the returned task has completed; if it fails, the event comes again.</summary>
    /// <param name="item">The event.</param>
    /// <param name="token">Its place in the stream. When publishing: the place to give it, for providers that let the publisher choose; otherwise null.</param>
    Task OnNextAsync(T item, StreamSequenceToken? token = null);

    /// <summary>Learns that no more events come.</summary>
    Task OnCompletedAsync();

    /// <summary>Learns of an error: one that a publisher sent, or one of delivery.</summary>
    Task OnErrorAsync(Exception ex);
}
