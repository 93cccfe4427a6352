namespace Orleans.Streams;

/// <summary>What one can subscribe to, event by event.</summary>
public interface IAsyncObservable<T>
{
    /// <summary>Subscribes. Each call adds a subscription, except that of a grain to a stream that it is implicitly subscribed to.</summary>
    Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer);

    /// <summary>Subscribes from a place in the stream on.</summary>
    /// <param name="observer">Takes the events.</param>
    /// <param name="token">The first event wanted; null to begin with what is published from now on.</param>
    /// <param name="filterData">Given to the provider's stream filter with each event; null for none.</param>
    /// <exception cref="ArgumentException">There is a token, and the provider cannot go back.</exception>
    Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token, string? filterData = null);
}
