using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.Entities;

/// <summary>What the strangler asks of every grain that holds an entity. The service's own grain interface stands beside it.</summary>
[Alias("OrleansShop.Strangler.IMigratableGrain")]
public interface IMigratableGrain : IGrainWithIntegerKey
{
    /// <summary>Takes the monolith's rows as the entity's state, whatever the grain held before. Null: the monolith has no such entity.</summary>
    Task ImportAsync(EntityRows? rows);

    /// <summary>Finishes a write that a crash cut off, if there is one, and writes the index entry again. For entries whose mark has grown old.</summary>
    Task SettleAsync();

    /// <summary>The entity's rows, settled first; null when the entity does not exist.</summary>
    Task<EntityRows?> ExportAsync();

    /// <summary>
    /// Settles the entity and publishes what its mark says was left of its events. Returns when that has begun, not when the queue has them. For outboxes whose mark has grown old.
    /// </summary>
    Task PublishEventsAsync();
}
