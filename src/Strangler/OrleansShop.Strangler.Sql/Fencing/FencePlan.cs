using System.Collections.Immutable;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Sql.Schema;

namespace OrleansShop.Strangler.Sql.Fencing;

/// <summary>What the fence of a capability is to be.</summary>
/// <param name="Capability">The capability.</param>
/// <param name="Entities">Its kinds with their tables.</param>
/// <param name="Feeds">Whether the monolith's own changes are noted.</param>
internal sealed record FencePlan(string Capability, ImmutableArray<EntitySchema> Entities, bool Feeds)
{
    /// <summary>Every table with the column that says to which entity a row belongs.</summary>
    internal IEnumerable<FencedTable> Tables => Entities.SelectMany(static entity => entity.Children
        .Select(child => new FencedTable(entity.Manifest.Kind, child.Table, child.Key, IsEntity: false))
        .Prepend(new FencedTable(entity.Manifest.Kind, entity.Table, entity.Key, IsEntity: true)));

    /// <summary>The tables and columns as text, to be compared with those of the day of the installation.</summary>
    internal string Format => string.Join("; ", Entities.Select(static entity =>
        $"{entity.Manifest.Kind} = {entity.Table.Name}({entity.Key.Name})" + string.Concat(entity.Children.Select(static child => $" + {child.Table.Name}({child.Key.Name})"))));

    /// <summary>Whether the ids of all tables can be written as text the same way by a trigger and by the bridge.</summary>
    /// <exception cref="BridgeRefusedException">A key is of a type that cannot.</exception>
    internal void CheckKeys()
    {
        foreach (var table in Tables.Where(static table => table.Key.Kind is not (ColumnKind.Integer or ColumnKind.Text) && !table.Key.IsUniqueId))
        {
            throw new BridgeRefusedException(BridgeRefusal.Invalid,
                $"The table {table.Table.Name} cannot be fenced by its column {table.Key.Name}, which is of the type {table.Key.DeclaredType}; it must be an integer, a text or a UUID.");
        }
    }
}

/// <summary>A table under a fence.</summary>
/// <param name="Kind">The kind of entity that its rows belong to.</param>
/// <param name="Table">The table.</param>
/// <param name="Key">The column with the entity's id.</param>
/// <param name="IsEntity">Whether it is the entity's own table, with one row for each; a child table otherwise.</param>
internal sealed record FencedTable(string Kind, TableSchema Table, ColumnSchema Key, bool IsEntity);

/// <summary>A trigger that is not there, or not as it should be.</summary>
/// <param name="Trigger">Its name.</param>
/// <param name="Table">The table that it belongs to.</param>
/// <param name="IsFeed">Whether it only feeds the change feed.</param>
internal sealed record FenceGap(string Trigger, string Table, bool IsFeed);
