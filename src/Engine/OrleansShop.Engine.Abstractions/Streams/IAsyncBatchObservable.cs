namespace Orleans.Streams;

/// <summary>What one can subscribe to, several events at a time.</summary>
public interface IAsyncBatchObservable<T>
{
    /// <summary>Subscribes. Each call adds a subscription, except that of a grain to a stream that it is implicitly subscribed to.</summary>
    Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncBatchObserver<T> observer);

    /// <summary>Subscribes from a place in the stream on.</summary>
    /// <param name="observer">Takes the events.</param>
    /// <param name="token">The first event wanted; null to begin with what is published from now on.</param>
    /// <exception cref="ArgumentException">There is a token, and the provider cannot go back.</exception>
    Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncBatchObserver<T> observer, StreamSequenceToken? token);
}
