using OrleansShop.Strangler.Entities.Protocol;
using OrleansShop.Strangler.Outbox;

namespace OrleansShop.Strangler.Entities;

/// <summary>What a grain stores of its entity.</summary>
/// <typeparam name="T">The entity's own fields, as the service sees them. An immutable record.</typeparam>
[GenerateSerializer]
[Alias("OrleansShop.Strangler.EntityState`1")]
public sealed class EntityState<T>
    where T : class
{
    /// <summary>The entity, or null when it does not exist: never created, or deleted. A copy that does not count while the grain does not own the entity.</summary>
    [Id(0)]
    public T? Value { get; set; }

    /// <summary>How many times the entity has been written. Only grows, also over deletions and moves.</summary>
    [Id(1)]
    public long Version { get; set; }

    /// <summary>
    /// The version that the monolith's rows are known to have. Behind <see cref="Version"/>, the rows may or may not have been applied:
    /// it is stored with the next write, not with a write of its own.
    /// </summary>
    [Id(2)]
    public long AppliedVersion { get; set; }

    /// <summary>The epoch of the entity in which the grain owns it, or the newest that it knows.</summary>
    [Id(3)]
    public long Epoch { get; set; }

    /// <summary>The entity's events. They stay through deletions and moves, so that their numbers only grow.</summary>
    [Id(4)]
    public OutboxState Outbox { get; set; } = new();

    /// <summary>The number of the newest event before the last write: those above go when that write is undone.</summary>
    [Id(5)]
    public long EventsBefore { get; set; }

    /// <summary>Whether the grain owns the entity, as far as the grain knows: the ledger decides.</summary>
    [Id(6)]
    public bool IsOwner { get; set; }

    /// <summary>What the grain has begun with the entity and does not know to have ended.</summary>
    [Id(7)]
    public HoldingStep Begun { get; set; }

    internal Holding Holding => new(IsOwner, Begun, Epoch, Version, AppliedVersion, Exists: IsOwner && Value is not null);

    internal EntityState<T> Copy() => (EntityState<T>)MemberwiseClone();

    /// <summary>Takes up what has become known, without storing it.</summary>
    internal void Know(Holding holding) => (IsOwner, Begun, Epoch, Version, AppliedVersion) = (holding.IsOwner, holding.Begun, holding.Epoch, holding.Version, holding.AppliedVersion);

    /// <summary>The state to store next.</summary>
    internal EntityState<T> Next(Holding holding, T? value, OutboxState outbox, long eventsBefore)
    {
        Invariant.Holds(!holding.IsOwner || holding.Exists == (value is not null), "an owner's state has a value exactly if the entity exists");
        var next = Copy();
        next.Know(holding);
        (next.Value, next.Outbox, next.EventsBefore) = (value, outbox, eventsBefore);
        return next;
    }
}
