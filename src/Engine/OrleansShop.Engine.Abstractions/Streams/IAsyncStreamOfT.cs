namespace Orleans.Streams;

/// <summary>A stream: where events are published and subscribed to. Getting it costs nothing and sends nothing.</summary>
public interface IAsyncStream<T> : IAsyncStream, IEquatable<IAsyncStream<T>>, IComparable<IAsyncStream<T>>, IAsyncObservable<T>, IAsyncBatchObservable<T>, IAsyncBatchProducer<T>, IAsyncObserver<T>
{
    /// <summary>Returns the subscriptions of the caller, the grain or the client, to this stream. None of them takes events before it is resumed.</summary>
    Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles();
}
