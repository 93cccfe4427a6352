namespace Orleans.Streams;

/// <summary>Takes events to publish, several at a time.</summary>
public interface IAsyncBatchProducer<T>
{
    /// <summary>Publishes events together: they stay together and in this order on their way.</summary>
    /// <param name="batch">The events; at least one, none of them null.</param>
    /// <param name="token">The place to give them, for providers that let the publisher choose; otherwise null.</param>
    Task OnNextBatchAsync(IEnumerable<T> batch, StreamSequenceToken? token = null);
}
