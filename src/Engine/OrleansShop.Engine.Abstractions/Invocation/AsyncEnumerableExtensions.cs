using OrleansShop.Engine.Calls;

namespace Orleans.Runtime;

/// <summary>How a sequence from a grain is fetched.</summary>
public static class AsyncEnumerableExtensions
{
    /// <summary>Fetches at most this many items in one round trip. No effect on a sequence that does not come from a grain.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is not positive.</exception>
    public static IAsyncEnumerable<T> WithBatchSize<T>(this IAsyncEnumerable<T> self, int maxBatchSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBatchSize);
        return self is RemoteSequence<T> remote ? remote.WithBatchSize(maxBatchSize) : self;
    }
}
