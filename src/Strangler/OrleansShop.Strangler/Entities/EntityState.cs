using OrleansShop.Strangler.Outbox;

namespace OrleansShop.Strangler.Entities;

/// <summary>What a grain stores of its entity.</summary>
/// <typeparam name="T">The entity's own fields, as the service sees them. An immutable record.</typeparam>
[GenerateSerializer]
[Alias("OrleansShop.Strangler.EntityState`1")]
public sealed class EntityState<T>
    where T : class
{
    /// <summary>The entity, or null when it does not exist: never created, or deleted.</summary>
    [Id(0)]
    public T? Value { get; set; }

    /// <summary>How many times the entity has been written. Only grows, also over a deletion and a new import.</summary>
    [Id(1)]
    public long Version { get; set; }

    /// <summary>
    /// The version that the monolith's rows are known to have. Behind <see cref="Version"/>, the rows may or may not have been applied:
    /// it is stored with the next write, not with a write of its own.
    /// </summary>
    [Id(2)]
    public long AppliedVersion { get; set; }

    /// <summary>The epoch of the capability at the last write, which travels with every change.</summary>
    [Id(3)]
    public long Epoch { get; set; }

    /// <summary>The entity's events. They stay through deletions, imports and changes of the phase, so that their numbers only grow.</summary>
    [Id(4)]
    public OutboxState Outbox { get; set; } = new();

    /// <summary>The number of the newest event before the last write: those above go when that write is undone.</summary>
    [Id(5)]
    public long EventsBefore { get; set; }

    internal EntityState<T> Copy() => (EntityState<T>)MemberwiseClone();
}
