namespace OrleansShop.Engine.Calls;

/// <summary>The caller's view of a sequence that a grain produces. Nothing is sent before it is enumerated.</summary>
internal sealed class RemoteSequence<TItem>(StreamGrainCall<TItem> call) : IAsyncEnumerable<TItem>
{
    public IAsyncEnumerator<TItem> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new RemoteEnumerator<TItem>(call.Fresh(), cancellationToken);

    /// <summary>The same sequence, read in batches of another size.</summary>
    public RemoteSequence<TItem> WithBatchSize(int most)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most);
        var resized = call.Fresh();
        resized.BatchSize = most;
        return new(resized);
    }
}
