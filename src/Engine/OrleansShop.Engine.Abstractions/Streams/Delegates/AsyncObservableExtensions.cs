namespace Orleans.Streams;

/// <summary>Subscribing with delegates, for those who need no observer class.</summary>
public static class AsyncObservableExtensions
{
    /// <summary>Subscribes.</summary>
    /// <param name="obs">The stream.</param>
    /// <param name="onNextAsync">Takes each event.</param>
    public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(
        this IAsyncObservable<T> obs, Func<T, StreamSequenceToken?, Task> onNextAsync) =>
        obs.SubscribeAsync(new DelegateObserver<T>(onNextAsync, null, null));

    /// <summary>Subscribes.</summary>
    /// <param name="obs">The stream.</param>
    /// <param name="onNextAsync">Takes each event.</param>
    /// <param name="onErrorAsync">Learns of errors.</param>
    public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(
        this IAsyncObservable<T> obs, Func<T, StreamSequenceToken?, Task> onNextAsync, Func<Exception, Task> onErrorAsync) =>
        obs.SubscribeAsync(new DelegateObserver<T>(onNextAsync, onErrorAsync, null));

    /// <summary>Subscribes.</summary>
    /// <param name="obs">The stream.</param>
    /// <param name="onNextAsync">Takes each event.</param>
    /// <param name="onCompletedAsync">Learns that no more events come.</param>
    public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(
        this IAsyncObservable<T> obs, Func<T, StreamSequenceToken?, Task> onNextAsync, Func<Task> onCompletedAsync) =>
        obs.SubscribeAsync(new DelegateObserver<T>(onNextAsync, null, onCompletedAsync));

    /// <summary>Subscribes.</summary>
    /// <param name="obs">The stream.</param>
    /// <param name="onNextAsync">Takes each event.</param>
    /// <param name="onErrorAsync">Learns of errors.</param>
    /// <param name="onCompletedAsync">Learns that no more events come.</param>
    public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(
        this IAsyncObservable<T> obs, Func<T, StreamSequenceToken?, Task> onNextAsync, Func<Exception, Task> onErrorAsync, Func<Task> onCompletedAsync) =>
        obs.SubscribeAsync(new DelegateObserver<T>(onNextAsync, onErrorAsync, onCompletedAsync));

    /// <summary>Subscribes.</summary>
    /// <param name="obs">The stream.</param>
    /// <param name="onNextAsync">Takes each event.</param>
    /// <param name="token">The first event wanted.</param>
    public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(
        this IAsyncObservable<T> obs, Func<T, StreamSequenceToken?, Task> onNextAsync, StreamSequenceToken token) =>
        obs.SubscribeAsync(new DelegateObserver<T>(onNextAsync, null, null), token);

    /// <summary>Subscribes.</summary>
    /// <param name="obs">The stream.</param>
    /// <param name="onNextAsync">Takes each event.</param>
    /// <param name="onErrorAsync">Learns of errors.</param>
    /// <param name="token">The first event wanted.</param>
    public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(
        this IAsyncObservable<T> obs, Func<T, StreamSequenceToken?, Task> onNextAsync, Func<Exception, Task> onErrorAsync, StreamSequenceToken token) =>
        obs.SubscribeAsync(new DelegateObserver<T>(onNextAsync, onErrorAsync, null), token);

    /// <summary>Subscribes.</summary>
    /// <param name="obs">The stream.</param>
    /// <param name="onNextAsync">Takes each event.</param>
    /// <param name="onCompletedAsync">Learns that no more events come.</param>
    /// <param name="token">The first event wanted.</param>
    public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(
        this IAsyncObservable<T> obs, Func<T, StreamSequenceToken?, Task> onNextAsync, Func<Task> onCompletedAsync, StreamSequenceToken token) =>
        obs.SubscribeAsync(new DelegateObserver<T>(onNextAsync, null, onCompletedAsync), token);

    /// <summary>Subscribes.</summary>
    /// <param name="obs">The stream.</param>
    /// <param name="onNextAsync">Takes each event.</param>
    /// <param name="onErrorAsync">Learns of errors.</param>
    /// <param name="onCompletedAsync">Learns that no more events come.</param>
    /// <param name="token">The first event wanted.</param>
    public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(
        this IAsyncObservable<T> obs, Func<T, StreamSequenceToken?, Task> onNextAsync, Func<Exception, Task> onErrorAsync, Func<Task> onCompletedAsync, StreamSequenceToken token) =>
        obs.SubscribeAsync(new DelegateObserver<T>(onNextAsync, onErrorAsync, onCompletedAsync), token);
}
