using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.BridgeClient;

/// <summary>
/// The bridge beside the monolith, as grain services see it: the only road to the monolith's rows. Thread-safe. Every method throws
/// <see cref="BridgeUnavailableException"/> when the bridge or the database gives no answer in time, and <see cref="BridgeRefusedException"/>
/// when it will not do what it is asked.
/// </summary>
public interface IMonolithBridge
{
    /// <summary>Reads one page of entities.</summary>
    Task<EntityPage> ReadAsync(RowQuery query, CancellationToken cancellationToken = default);

    /// <summary>
    /// Brings the monolith's rows up to date in one transaction, durably: all changes or none, in the order given. After
    /// <see cref="BridgeUnavailableException"/> the outcome is unknown; applying the same changes again is safe.
    /// </summary>
    Task ApplyAsync(IReadOnlyList<EntityChange> changes, CancellationToken cancellationToken = default);

    /// <summary>Takes ids from the monolith's sequence, in ascending order and not always without gaps. Neither side gives them out again.</summary>
    /// <param name="capability">The capability of the kind.</param>
    /// <param name="kind">The kind of entity that the ids are for.</param>
    /// <param name="count">How many, from 1 to 1,000.</param>
    /// <param name="cancellationToken">Stops waiting; ids that were already taken are then never used.</param>
    Task<IReadOnlyList<long>> AllocateIdsAsync(string capability, string kind, int count, CancellationToken cancellationToken = default);

    /// <summary>Reads a user of the monolith, or null when there is none of this name.</summary>
    Task<MonolithUser?> GetUserAsync(string username, CancellationToken cancellationToken = default);
}
