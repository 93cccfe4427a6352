using System.Collections.Immutable;
using OrleansShop.Strangler.Keys;

namespace OrleansShop.Strangler.Index;

/// <summary>Which entity an index entry is about.</summary>
/// <param name="Kind">The kind of entity, such as <c>owner</c>.</param>
/// <param name="Id">The entity's id.</param>
public readonly record struct EntityKey(string Kind, EntityId Id)
{
    /// <summary>Kind and id, for messages.</summary>
    public override string ToString() => $"{Kind} {Id}";
}

/// <summary>A name and a value by which an entry is found: <c>owner</c> = <c>17</c>, <c>last-name</c> = <c>davis</c>.</summary>
/// <param name="Name">What the value is.</param>
/// <param name="Value">The value, folded by the writer if searches are to ignore case.</param>
public readonly record struct IndexTerm(string Name, string Value);

/// <summary>One entity as lists show it.</summary>
/// <param name="Key">Which entity.</param>
/// <param name="Version">The entity's count of writes; larger is newer.</param>
/// <param name="Document">The entity, serialized by the service; null when it does not exist, which removes the entry.</param>
/// <param name="Terms">What it is found by.</param>
public sealed record IndexEntry(EntityKey Key, long Version, ReadOnlyMemory<byte>? Document, ImmutableArray<IndexTerm> Terms);
