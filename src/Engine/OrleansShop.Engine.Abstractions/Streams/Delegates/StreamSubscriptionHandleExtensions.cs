namespace Orleans.Streams;

/// <summary>Resuming with delegates, for those who need no observer class.</summary>
public static class StreamSubscriptionHandleExtensions
{
    /// <summary>Gives the subscription an observer.</summary>
    /// <param name="handle">The subscription.</param>
    /// <param name="onNextAsync">Takes each event.</param>
    /// <param name="token">The first event wanted; null to go on where the subscription is.</param>
    public static Task<StreamSubscriptionHandle<T>> ResumeAsync<T>(
        this StreamSubscriptionHandle<T> handle, Func<T, StreamSequenceToken?, Task> onNextAsync, StreamSequenceToken? token = null) =>
        handle.ResumeAsync(new DelegateObserver<T>(onNextAsync, null, null), token);

    /// <summary>Gives the subscription an observer.</summary>
    /// <param name="handle">The subscription.</param>
    /// <param name="onNextAsync">Takes each event.</param>
    /// <param name="onErrorAsync">Learns of errors.</param>
    /// <param name="token">The first event wanted; null to go on where the subscription is.</param>
    public static Task<StreamSubscriptionHandle<T>> ResumeAsync<T>(
        this StreamSubscriptionHandle<T> handle, Func<T, StreamSequenceToken?, Task> onNextAsync, Func<Exception, Task> onErrorAsync, StreamSequenceToken? token = null) =>
        handle.ResumeAsync(new DelegateObserver<T>(onNextAsync, onErrorAsync, null), token);

    /// <summary>Gives the subscription an observer.</summary>
    /// <param name="handle">The subscription.</param>
    /// <param name="onNextAsync">Takes each event.</param>
    /// <param name="onCompletedAsync">Learns that no more events come.</param>
    /// <param name="token">The first event wanted; null to go on where the subscription is.</param>
    public static Task<StreamSubscriptionHandle<T>> ResumeAsync<T>(
        this StreamSubscriptionHandle<T> handle, Func<T, StreamSequenceToken?, Task> onNextAsync, Func<Task> onCompletedAsync, StreamSequenceToken? token = null) =>
        handle.ResumeAsync(new DelegateObserver<T>(onNextAsync, null, onCompletedAsync), token);

    /// <summary>Gives the subscription an observer.</summary>
    /// <param name="handle">The subscription.</param>
    /// <param name="onNextAsync">Takes each event.</param>
    /// <param name="onErrorAsync">Learns of errors.</param>
    /// <param name="onCompletedAsync">Learns that no more events come.</param>
    /// <param name="token">The first event wanted; null to go on where the subscription is.</param>
    public static Task<StreamSubscriptionHandle<T>> ResumeAsync<T>(
        this StreamSubscriptionHandle<T> handle, Func<T, StreamSequenceToken?, Task> onNextAsync, Func<Exception, Task> onErrorAsync, Func<Task> onCompletedAsync, StreamSequenceToken? token = null) =>
        handle.ResumeAsync(new DelegateObserver<T>(onNextAsync, onErrorAsync, onCompletedAsync), token);

    /// <summary>Gives the subscription an observer.</summary>
    /// <param name="handle">The subscription.</param>
    /// <param name="onNextAsync">Takes events, several at a time.</param>
    /// <param name="token">The first event wanted; null to go on where the subscription is.</param>
    public static Task<StreamSubscriptionHandle<T>> ResumeAsync<T>(
        this StreamSubscriptionHandle<T> handle, Func<IList<SequentialItem<T>>, Task> onNextAsync, StreamSequenceToken? token = null) =>
        handle.ResumeAsync(new DelegateBatchObserver<T>(onNextAsync, null, null), token);

    /// <summary>Gives the subscription an observer.</summary>
    /// <param name="handle">The subscription.</param>
    /// <param name="onNextAsync">Takes events, several at a time.</param>
    /// <param name="onErrorAsync">Learns of errors.</param>
    /// <param name="token">The first event wanted; null to go on where the subscription is.</param>
    public static Task<StreamSubscriptionHandle<T>> ResumeAsync<T>(
        this StreamSubscriptionHandle<T> handle, Func<IList<SequentialItem<T>>, Task> onNextAsync, Func<Exception, Task> onErrorAsync, StreamSequenceToken? token = null) =>
        handle.ResumeAsync(new DelegateBatchObserver<T>(onNextAsync, onErrorAsync, null), token);

    /// <summary>Gives the subscription an observer.</summary>
    /// <param name="handle">The subscription.</param>
    /// <param name="onNextAsync">Takes events, several at a time.</param>
    /// <param name="onCompletedAsync">Learns that no more events come.</param>
    /// <param name="token">The first event wanted; null to go on where the subscription is.</param>
    public static Task<StreamSubscriptionHandle<T>> ResumeAsync<T>(
        this StreamSubscriptionHandle<T> handle, Func<IList<SequentialItem<T>>, Task> onNextAsync, Func<Task> onCompletedAsync, StreamSequenceToken? token = null) =>
        handle.ResumeAsync(new DelegateBatchObserver<T>(onNextAsync, null, onCompletedAsync), token);

    /// <summary>Gives the subscription an observer.</summary>
    /// <param name="handle">The subscription.</param>
    /// <param name="onNextAsync">Takes events, several at a time.</param>
    /// <param name="onErrorAsync">Learns of errors.</param>
    /// <param name="onCompletedAsync">Learns that no more events come.</param>
    /// <param name="token">The first event wanted; null to go on where the subscription is.</param>
    public static Task<StreamSubscriptionHandle<T>> ResumeAsync<T>(
        this StreamSubscriptionHandle<T> handle, Func<IList<SequentialItem<T>>, Task> onNextAsync, Func<Exception, Task> onErrorAsync, Func<Task> onCompletedAsync, StreamSequenceToken? token = null) =>
        handle.ResumeAsync(new DelegateBatchObserver<T>(onNextAsync, onErrorAsync, onCompletedAsync), token);
}
