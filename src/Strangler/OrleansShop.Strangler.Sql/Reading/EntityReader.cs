using System.Data.Common;
using Dapper;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Rows;
using OrleansShop.Strangler.Sql.Schema;

namespace OrleansShop.Strangler.Sql.Reading;

/// <summary>Reads one page of entities: one statement for their rows and one per child table.</summary>
internal sealed class EntityReader(EntitySchema entity, DbTransaction transaction)
{
    private DbConnection Connection => transaction.Connection!;

    internal async Task<EntityPage> ReadAsync(RowQuery query)
    {
        var parameters = new DynamicParameters();
        var selection = Selection(query, parameters);

        // One more than asked for tells whether there is a next page.
        var rows = await ReadRowsAsync(entity.Table, Select(query, selection, parameters), parameters);
        var page = rows.Take(query.Limit).ToList();
        var ids = page.ConvertAll(row => ColumnValue.ToText(row[entity.Key.Name]));
        var children = await ReadChildrenAsync(page);
        return new EntityPage(
            [.. page.Select((row, index) => new EntityRows(entity.Manifest.Kind, ids[index], Version: 0, row, children(ids[index])))],
            rows.Count > query.Limit ? ids[^1] : null,
            query.WithTotal ? await CountAsync(query) : null);
    }

    private string Select(RowQuery query, string selection, DynamicParameters parameters)
    {
        var begin = "";
        if (query.After is not null)
        {
            begin = $" AND {entity.Key.Quoted} > {entity.Key.Typed("@after")}";
            parameters.Add("after", ColumnValue.FromText(entity.Key, query.After));
        }

        parameters.Add("limit", query.Limit + 1);
        return $"SELECT {entity.Table.Selected} FROM {entity.Table.Quoted} WHERE {selection}{begin} ORDER BY {entity.Key.Quoted} LIMIT @limit";
    }

    private async Task<long> CountAsync(RowQuery query)
    {
        var parameters = new DynamicParameters();
        var selection = Selection(query, parameters);
        return await Connection.QuerySingleAsync<long>($"SELECT COUNT(*) FROM {entity.Table.Quoted} WHERE {selection}", parameters, transaction);
    }

    private string Selection(RowQuery query, DynamicParameters parameters)
    {
        if (query.Column is null)
        {
            return "1 = 1";
        }

        var column = query.Column == entity.Key.Name || entity.Manifest.References.Contains(query.Column)
            ? entity.Table.Find(query.Column)!
            : throw new BridgeRefusedException(BridgeRefusal.Invalid,
                $"Rows of the kind {query.Kind} can be selected by {string.Join(", ", entity.Manifest.References.Prepend(entity.Key.Name))}, not by '{query.Column}'.");
        return In(column, query.Values!.Select(value => ColumnValue.FromText(column, value)), parameters);
    }

    private async Task<Func<string, IReadOnlyDictionary<string, IReadOnlyList<Row>>?>> ReadChildrenAsync(List<Row> page)
    {
        if (entity.Children.IsEmpty || page.Count == 0)
        {
            return static _ => null;
        }

        var byTable = new Dictionary<string, ILookup<string, Row>>(StringComparer.Ordinal);
        foreach (var child in entity.Children)
        {
            var parameters = new DynamicParameters();
            var selection = In(child.Key, page.Select(row => row[entity.Key.Name]!), parameters);
            var order = string.Join(", ", child.Table.PrimaryKey.Prepend(child.Key.Name).Select(Sql.Quote));
            var rows = await ReadRowsAsync(
                child.Table, $"SELECT {child.Table.Selected} FROM {child.Table.Quoted} WHERE {selection} ORDER BY {order}", parameters);
            byTable[child.Table.Name] = rows.ToLookup(row => ColumnValue.ToText(row[child.Key.Name]), StringComparer.Ordinal);
        }

        return id => byTable.ToDictionary(static table => table.Key, table => (IReadOnlyList<Row>)[.. table.Value[id]], StringComparer.Ordinal);
    }

    private static string In(ColumnSchema column, IEnumerable<object> values, DynamicParameters parameters)
    {
        var names = new List<string>();
        foreach (var value in values)
        {
            var name = $"v{names.Count}";
            parameters.Add(name, value);
            names.Add(column.Typed("@" + name));
        }

        return $"{column.Quoted} IN ({string.Join(", ", names)})";
    }

    private async Task<List<Row>> ReadRowsAsync(TableSchema table, string sql, DynamicParameters parameters)
    {
        var rows = new List<Row>();
        await using var reader = await Connection.ExecuteReaderAsync(sql, parameters, transaction);
        while (await reader.ReadAsync())
        {
            rows.Add(new Row(table.Columns.Select((column, index) =>
                KeyValuePair.Create(column.Name, ColumnValue.FromDatabase(column, reader.GetValue(index))))));
        }

        return rows;
    }
}
