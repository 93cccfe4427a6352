using System.Collections.Immutable;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Keys;
using OrleansShop.Strangler.Outbox;

namespace OrleansShop.Clinic.Testing.Crashing;

internal sealed class LostMarks(IOutboxMarkTable marks, CrashPoint crash) : IOutboxMarkTable
{
    public Task<OutboxMark> MarkAsync(EntityKey key, OutboxMark mark, CancellationToken cancellationToken = default) =>
        crash.RunAsync(WriteStep.BeforeOutboxMark, WriteStep.None, () => marks.MarkAsync(key, mark, cancellationToken));

    public Task<OutboxMark?> FindMarkAsync(EntityKey key, CancellationToken cancellationToken = default) => marks.FindMarkAsync(key, cancellationToken);

    public Task EndMarkAsync(EntityKey key, long token, CancellationToken cancellationToken = default) =>
        crash.RunAsync(WriteStep.BeforeNote, WriteStep.None, () => marks.EndMarkAsync(key, token, cancellationToken));

    public Task<ImmutableArray<EntityId>> FindOldMarksAsync(string kind, TimeSpan age, int limit, CancellationToken cancellationToken = default) =>
        marks.FindOldMarksAsync(kind, age, limit, cancellationToken);
}
