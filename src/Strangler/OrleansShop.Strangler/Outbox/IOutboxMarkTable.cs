using System.Collections.Immutable;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Keys;

namespace OrleansShop.Strangler.Outbox;

/// <summary>The marks of the outboxes of a service's entities, apart from the marks of its index, so that a queue that is away slows no search. Thread-safe; calls are durable when their task ends.</summary>
public interface IOutboxMarkTable
{
    /// <inheritdoc cref="IOutboxMarks.MarkAsync" />
    Task<OutboxMark> MarkAsync(EntityKey key, OutboxMark mark, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="IOutboxMarks.FindAsync" />
    Task<OutboxMark?> FindMarkAsync(EntityKey key, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="IOutboxMarks.EndAsync" />
    Task EndMarkAsync(EntityKey key, long token, CancellationToken cancellationToken = default);

    /// <summary>Returns the ids of the entities of a kind whose marks were last written this long ago or earlier, the oldest first.</summary>
    Task<ImmutableArray<EntityId>> FindOldMarksAsync(string kind, TimeSpan age, int limit, CancellationToken cancellationToken = default);
}
