using OrleansShop.Strangler.Index;

namespace OrleansShop.Clinic.Testing.Crashing;

internal sealed class LostIndex(IEntityIndex index, CrashPoint crash) : IEntityIndex, IAsyncDisposable
{
    public Task MarkPendingAsync(EntityKey key, CancellationToken cancellationToken = default) =>
        crash.RunAsync(WriteStep.BeforeMark, WriteStep.AfterMark, () => index.MarkPendingAsync(key, cancellationToken));

    public Task CommitAsync(IReadOnlyList<IndexEntry> entries, CancellationToken cancellationToken = default) =>
        crash.RunAsync(WriteStep.BeforeCommit, WriteStep.AfterCommit, () => index.CommitAsync(entries, cancellationToken));

    public Task<IndexPage> QueryAsync(IndexQuery query, CancellationToken cancellationToken = default) => index.QueryAsync(query, cancellationToken);

    public Task ClearAsync(string kind, CancellationToken cancellationToken = default) => index.ClearAsync(kind, cancellationToken);

    public ValueTask DisposeAsync() => index is IAsyncDisposable disposable ? disposable.DisposeAsync() : ValueTask.CompletedTask;
}
