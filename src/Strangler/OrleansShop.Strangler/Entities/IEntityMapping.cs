using System.Collections.Immutable;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Keys;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.Entities;

/// <summary>How one kind of entity looks in each of its three homes: the grain, the monolith's tables, the service's index. Pure and thread-safe.</summary>
/// <typeparam name="T">The entity's own fields, as the service sees them.</typeparam>
public interface IEntityMapping<T>
    where T : class
{
    /// <summary>The entity in the monolith's rows.</summary>
    /// <exception cref="FormatException">The rows are not those of such an entity.</exception>
    T FromRows(EntityRows rows);

    /// <summary>The monolith's rows of the entity.</summary>
    EntityRows ToRows(EntityId id, long version, T value);

    /// <summary>The entity as lists show it, and what it is found by.</summary>
    (ReadOnlyMemory<byte> Document, ImmutableArray<IndexTerm> Terms) ToIndex(EntityId id, T value);
}
