using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.Switching;

/// <summary>
/// What a service holds of its capability, as a switch copies it. Calls of one switch never overlap, and no request of the capability writes
/// meanwhile. Every method may be called again with the same arguments after a failure.
/// </summary>
public interface ICapabilityContent
{
    /// <summary>Removes everything, index included: the first step of an import.</summary>
    Task ClearAsync(CancellationToken cancellationToken);

    /// <summary>Takes over entities of one kind from the monolith. Returns when they are stored and indexed.</summary>
    /// <param name="kind">The kind, in the order of the manifest: those that others refer to come first.</param>
    /// <param name="page">The entities, in the order of their ids.</param>
    /// <param name="cancellationToken">Stops between entities.</param>
    Task ImportAsync(string kind, IReadOnlyList<EntityRows> page, CancellationToken cancellationToken);

    /// <summary>Lists entities of one kind with their versions, in an order of its own that does not change.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="after">The <see cref="EntityPage.Next"/> of the page before; null for the first.</param>
    /// <param name="limit">How many entities to return at most.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    Task<EntityPage> ExportAsync(string kind, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>Counts the entities of one kind.</summary>
    Task<long> CountAsync(string kind, CancellationToken cancellationToken);
}
