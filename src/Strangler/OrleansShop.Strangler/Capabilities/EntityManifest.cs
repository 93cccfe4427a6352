using System.Collections.Immutable;
using OrleansShop.Strangler.Keys;
using OrleansShop.Strangler.Replication;

namespace OrleansShop.Strangler.Capabilities;

/// <summary>A kind of entity and where its rows lie in the monolith's database. An entity is one row of its table and the rows of its child tables.</summary>
/// <param name="Capability">The capability that the kind belongs to.</param>
/// <param name="Kind">The name of the kind, unique among all capabilities.</param>
/// <param name="Table">The table with one row per entity.</param>
/// <param name="KeyColumn">The column of <paramref name="Table"/> that holds the entity's id: its single-column primary key.</param>
/// <param name="ChildTables">Tables whose rows are parts of the entity and are written and deleted with it.</param>
/// <param name="References">Columns of <paramref name="Table"/>, besides the key, by whose values rows may be asked for.</param>
/// <param name="Cascades">The other capabilities whose data goes when an entity of this kind is deleted.</param>
public sealed record EntityManifest(
    string Capability,
    string Kind,
    string Table,
    string KeyColumn,
    ImmutableArray<ChildTable> ChildTables,
    ImmutableArray<string> References,
    ImmutableArray<string> Cascades)
{
    /// <summary>What the ids of the entities are. <see cref="KeyType.Integer"/> unless the manifest says otherwise.</summary>
    public KeyType KeyType { get; init; } = KeyType.Integer;

    /// <summary>When writes to entities that grains own are acknowledged: the same for all kinds of a capability.</summary>
    public ReplicationMode Replication { get; init; }
}

/// <summary>A table whose rows are parts of an entity.</summary>
/// <param name="Table">The name of the table.</param>
/// <param name="KeyColumn">The column that holds the id of the entity that a row belongs to.</param>
public sealed record ChildTable(string Table, string KeyColumn);
