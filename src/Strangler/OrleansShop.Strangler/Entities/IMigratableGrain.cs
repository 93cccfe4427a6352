using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.Entities;

/// <summary>What the strangler asks of every grain that holds an entity. The service's own grain interface stands beside it, and says by its base what the key is (<see cref="Keys.KeyType"/>).</summary>
[Alias("OrleansShop.Strangler.IMigratableGrain")]
public interface IMigratableGrain : IGrain
{
    /// <summary>
    /// Moves the entity to where it is to be, if it is not there, after asking the ledger: takes it, or hands it back. What sweeps and repairs call; calling it again changes nothing.
    /// </summary>
    /// <param name="capabilityEpoch">
    /// The epoch of the capability that the caller acts by: the grain does not decide by an older one. Null, for repairs: somebody has met a sign that something known is old, and the grain asks anew.
    /// </param>
    /// <returns>Who owns the entity now; of one that does not exist, who would.</returns>
    Task<EntityOwner> PlaceAsync(long? capabilityEpoch = null);

    /// <summary>Stores a copy of the monolith's rows that does not count: only reads that are marked (<see cref="ShadowReads"/>) see it. Does nothing if the grain owns the entity.</summary>
    /// <param name="rows">The rows; null if the monolith has no such entity any more.</param>
    Task ShadowAsync(EntityRows? rows);

    /// <summary>Finishes what a crash cut off, if there is something, and writes the index entry again. For entries whose mark has grown old.</summary>
    Task SettleAsync();

    /// <summary>The entity's rows, settled first; null when the entity does not exist, or the grain does not own it.</summary>
    Task<EntityRows?> ExportAsync();

    /// <summary>Both sides of the entity, read in one turn: however often it is written, no write of the grain lies between the two.</summary>
    Task<BothSides> ReadBothSidesAsync();

    /// <summary>
    /// Settles the entity and publishes what its mark says was left of its events, whoever owns the entity. Returns when that has begun, not when the queue has them. For outboxes whose mark has grown old.
    /// </summary>
    Task PublishEventsAsync();
}
