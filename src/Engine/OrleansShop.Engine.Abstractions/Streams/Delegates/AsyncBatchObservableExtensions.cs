namespace Orleans.Streams;

/// <summary>Subscribing to several events at a time with delegates.</summary>
public static class AsyncBatchObservableExtensions
{
    /// <summary>Subscribes.</summary>
    /// <param name="obs">The stream.</param>
    /// <param name="onNextAsync">Takes events, several at a time.</param>
    public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(this IAsyncBatchObservable<T> obs, Func<IList<SequentialItem<T>>, Task> onNextAsync) =>
        obs.SubscribeAsync(new DelegateBatchObserver<T>(onNextAsync, null, null));

    /// <summary>Subscribes.</summary>
    /// <param name="obs">The stream.</param>
    /// <param name="onNextAsync">Takes events, several at a time.</param>
    /// <param name="onErrorAsync">Learns of errors.</param>
    public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(this IAsyncBatchObservable<T> obs, Func<IList<SequentialItem<T>>, Task> onNextAsync, Func<Exception, Task> onErrorAsync) =>
        obs.SubscribeAsync(new DelegateBatchObserver<T>(onNextAsync, onErrorAsync, null));

    /// <summary>Subscribes.</summary>
    /// <param name="obs">The stream.</param>
    /// <param name="onNextAsync">Takes events, several at a time.</param>
    /// <param name="onCompletedAsync">Learns that no more events come.</param>
    public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(this IAsyncBatchObservable<T> obs, Func<IList<SequentialItem<T>>, Task> onNextAsync, Func<Task> onCompletedAsync) =>
        obs.SubscribeAsync(new DelegateBatchObserver<T>(onNextAsync, null, onCompletedAsync));

    /// <summary>Subscribes.</summary>
    /// <param name="obs">The stream.</param>
    /// <param name="onNextAsync">Takes events, several at a time.</param>
    /// <param name="onErrorAsync">Learns of errors.</param>
    /// <param name="onCompletedAsync">Learns that no more events come.</param>
    public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(this IAsyncBatchObservable<T> obs, Func<IList<SequentialItem<T>>, Task> onNextAsync, Func<Exception, Task> onErrorAsync, Func<Task> onCompletedAsync) =>
        obs.SubscribeAsync(new DelegateBatchObserver<T>(onNextAsync, onErrorAsync, onCompletedAsync));
}
