using System.Collections.Immutable;
using OrleansShop.Strangler.Capabilities;

namespace OrleansShop.Strangler.Sql.Schema;

/// <summary>What the manifest says of a kind of entity together with what the database says of its tables.</summary>
/// <param name="Manifest">The manifest's part.</param>
/// <param name="Table">The entity's table.</param>
/// <param name="Key">The entity's key column.</param>
/// <param name="Children">The child tables with their key columns, in the manifest's order.</param>
internal sealed record EntitySchema(
    EntityManifest Manifest,
    TableSchema Table,
    ColumnSchema Key,
    ImmutableArray<ChildSchema> Children);

/// <summary>A child table and its column with the id of the entity.</summary>
internal sealed record ChildSchema(TableSchema Table, ColumnSchema Key);
