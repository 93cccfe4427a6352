using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.Moving;

/// <summary>Says in what the monolith's rows of an entity and those that its grain holds differ. Pure.</summary>
internal static class RowComparison
{
    /// <summary>What differs, or null. Columns that the grain does not have are the monolith's own and not compared, nor are versions, which the monolith does not count.</summary>
    /// <param name="owner">Who owns the entity by the ledger.</param>
    /// <param name="monolith">The monolith's rows; null if it has none.</param>
    /// <param name="grain">What the grain holds as the owner; null if it is not, or the entity does not exist.</param>
    internal static string? Difference(EntityOwner owner, EntityRows? monolith, EntityRows? grain) => (owner, monolith, grain) switch
    {
        (EntityOwner.Monolith, _, null) => null,
        (EntityOwner.Monolith, _, not null) => "The grain takes itself for the owner, and the ledger names the monolith.",
        (_, null, null) => null,
        (_, null, not null) => "The monolith has no rows, and the grain has some.",
        (_, not null, null) => "The grain does not have the entity, and the monolith has rows.",
        (_, { } rows, { } held) => RowsDiffer(rows, held),
    };

    private static string? RowsDiffer(EntityRows rows, EntityRows held)
    {
        var columns = held.Row.Columns.Where(column => !rows.Row.Columns.TryGetValue(column.Key, out var value) || !Equals(value, column.Value))
            .Select(static column => column.Key).Order(StringComparer.Ordinal).ToList();
        var tables = TablesOf(rows).Union(TablesOf(held), StringComparer.Ordinal).Where(table => !AreSame(rows.ChildrenIn(table), held.ChildrenIn(table)))
            .Order(StringComparer.Ordinal).ToList();
        return (columns.Count, tables.Count) switch
        {
            (0, 0) => null,
            (_, 0) => $"Columns: {string.Join(", ", columns)}.",
            (0, _) => $"Rows in: {string.Join(", ", tables)}.",
            _ => $"Columns: {string.Join(", ", columns)}; rows in: {string.Join(", ", tables)}.",
        };
    }

    private static IEnumerable<string> TablesOf(EntityRows rows) => rows.Children?.Keys ?? [];

    private static bool AreSame(IReadOnlyList<Row> monolith, IReadOnlyList<Row> grain)
    {
        if (monolith.Count != grain.Count) return false;
        var named = grain.SelectMany(static row => row.Columns.Keys).ToHashSet(StringComparer.Ordinal);
        var left = monolith.Select(row => new Row(row.Columns.Where(column => named.Contains(column.Key)))).ToList();
        return grain.All(left.Remove);
    }
}
