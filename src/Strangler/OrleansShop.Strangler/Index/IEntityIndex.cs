namespace OrleansShop.Strangler.Index;

/// <summary>
/// The index of one service: what lists and searches are answered from, so that they activate no grains. Each entry holds its entity as the
/// service's lists show it. Thread-safe; writes are durable when their task ends.
/// </summary>
/// <remarks>
/// How an entry stays right when the process dies between two steps of a write:
/// <list type="number">
/// <item>The writer marks the entry pending.</item>
/// <item>It stores the entity itself, elsewhere.</item>
/// <item>It commits the entry, which ends the mark.</item>
/// </list>
/// After a crash between 1 and 3 the mark stays. A query reports marks that are older than any write takes, and its caller asks the entity's
/// grain, which knows, and commits what it says. Until then the entry shows the last committed entity, which is right too: the write that left
/// the mark was never acknowledged.
/// </remarks>
public interface IEntityIndex
{
    /// <summary>Marks an entry as about to change, creating an empty one if there is none.</summary>
    Task MarkPendingAsync(EntityKey key, CancellationToken cancellationToken = default);

    /// <summary>
    /// Replaces an entry, or removes it, and ends its mark. An entry of a higher version stays as it is: a late writer never undoes a newer one.
    /// </summary>
    Task CommitAsync(IReadOnlyList<IndexEntry> entries, CancellationToken cancellationToken = default);

    /// <summary>Returns the entries that a query selects, ordered by id.</summary>
    Task<IndexPage> QueryAsync(IndexQuery query, CancellationToken cancellationToken = default);

    /// <summary>Removes every entry of a kind.</summary>
    Task ClearAsync(string kind, CancellationToken cancellationToken = default);
}
