using System.Data.Common;
using Dapper;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Rows;
using OrleansShop.Strangler.Sql.Databases;
using OrleansShop.Strangler.Sql.Reading;
using OrleansShop.Strangler.Sql.Schema;

namespace OrleansShop.Strangler.Sql.Applying;

/// <summary>
/// Brings the rows of one entity to what a change says. Columns that the change does not name keep what they hold, so that columns of the
/// monolith's own stay right; a new row gets their defaults.
/// </summary>
internal sealed class EntityWriter(EntitySchema entity, ISqlDialect dialect, DbTransaction transaction)
{
    internal async Task ApplyAsync(EntityChange change)
    {
        var id = ColumnValue.FromText(entity.Key, change.Id);
        if (change.Row is null)
        {
            await DeleteChildrenAsync(id);
            await ExecuteAsync($"DELETE FROM {entity.Table.Quoted} WHERE {Sql.Quote(entity.Table.Name, entity.Key.Name)} = {entity.Key.Typed("@id")}", id);
            return;
        }

        CheckBelongs(change, entity.Table, entity.Key, change.Row);
        CheckChildTables(change);
        if (id is long number && entity.Table.Sequence is not null)
        {
            await dialect.PassIdAsync(transaction, entity.Table, number);
        }

        // What is made for the monolith must not write over what the monolith itself makes at the same moment.
        if (change is { Owner: EntityOwner.Monolith, IsCreation: true }) await InsertAsync(entity.Table, change.Row, onConflict: "");
        else await UpsertAsync(change.Row);
        await DeleteChildrenAsync(id);
        foreach (var child in entity.Children)
        {
            foreach (var row in ChildRows(change, child))
            {
                await InsertAsync(child.Table, row, onConflict: "");
            }
        }
    }

    private Task<int> UpsertAsync(Row row)
    {
        var updates = row.Columns.Keys.Where(column => column != entity.Key.Name).Select(static column => $"{Sql.Quote(column)} = excluded.{Sql.Quote(column)}").ToList();
        var action = updates.Count == 0 ? "NOTHING" : $"UPDATE SET {string.Join(", ", updates)}";
        return InsertAsync(entity.Table, row, $" ON CONFLICT ({entity.Key.Quoted}) DO {action}");
    }

    private Task<int> InsertAsync(TableSchema table, Row row, string onConflict)
    {
        var parameters = new DynamicParameters();
        var names = new List<string>();
        var values = new List<string>();
        foreach (var (name, value) in row.Columns)
        {
            var column = table.Find(name) ?? throw new BridgeRefusedException(
                BridgeRefusal.Invalid, $"The table {table.Name} has no column '{name}' to write; it has {table.ColumnNames}.");
            var parameter = $"c{names.Count}";
            parameters.Add(parameter, ColumnValue.ToDatabase(column, value));
            names.Add(column.Quoted);
            values.Add(column.Typed("@" + parameter));
        }

        var sql = $"INSERT INTO {table.Quoted} ({string.Join(", ", names)}) VALUES ({string.Join(", ", values)}){onConflict}";
        return transaction.Connection!.ExecuteAsync(sql, parameters, transaction);
    }

    private async Task DeleteChildrenAsync(object id)
    {
        foreach (var child in entity.Children)
        {
            await ExecuteAsync($"DELETE FROM {child.Table.Quoted} WHERE {Sql.Quote(child.Table.Name, child.Key.Name)} = {child.Key.Typed("@id")}", id);
        }
    }

    private static IReadOnlyList<Row> ChildRows(EntityChange change, ChildSchema child)
    {
        if (change.Children is null || !change.Children.TryGetValue(child.Table.Name, out var rows))
        {
            return [];
        }

        foreach (var row in rows)
        {
            CheckBelongs(change, child.Table, child.Key, row);
        }

        return rows;
    }

    private void CheckChildTables(EntityChange change)
    {
        if (change.Children?.Keys.FirstOrDefault(table => entity.Children.All(child => child.Table.Name != table)) is { } unknown)
        {
            throw new BridgeRefusedException(BridgeRefusal.Invalid, $"The change of {change.Kind} {change.Id} brings rows of '{unknown}', which is no child table of the kind.");
        }
    }

    private static void CheckBelongs(EntityChange change, TableSchema table, ColumnSchema key, Row row)
    {
        if (!row.Columns.TryGetValue(key.Name, out var value) || ColumnValue.ToText(value) != change.Id)
        {
            throw new BridgeRefusedException(BridgeRefusal.Invalid, $"A row of {table.Name} in the change of {change.Kind} {change.Id} belongs to another entity, or does not say to which.");
        }
    }

    private Task<int> ExecuteAsync(string sql, object id) => transaction.Connection!.ExecuteAsync(sql, new { id }, transaction);
}
