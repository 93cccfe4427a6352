using System.Collections.Immutable;
using System.Data.Common;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Sql.Databases;

namespace OrleansShop.Strangler.Sql.Schema;

/// <summary>Holds a manifest against the database and collects what does not fit, by the configuration key that says it.</summary>
internal sealed class ManifestCheck(ISqlDialect dialect, DbTransaction transaction)
{
    private readonly List<ConfigurationFault> _faults = [];

    internal IReadOnlyList<ConfigurationFault> Faults => _faults;

    internal async Task<EntitySchema?> ReadEntityAsync(string key, EntityManifest entity)
    {
        var children = ImmutableArray.CreateBuilder<ChildSchema>();
        foreach (var (index, child) in entity.ChildTables.Index())
        {
            if (await ReadTableAsync($"{key}:ChildTables:{index}:Table", child.Table) is { } childTable
                && FindColumn($"{key}:ChildTables:{index}:KeyColumn", childTable, child.KeyColumn) is { } childKey)
            {
                children.Add(new ChildSchema(childTable, childKey));
            }
        }

        if (await ReadTableAsync($"{key}:Table", entity.Table) is not { } table)
        {
            return null;
        }

        foreach (var (index, reference) in entity.References.Index())
        {
            FindColumn($"{key}:References:{index}", table, reference);
        }

        if (FindColumn($"{key}:KeyColumn", table, entity.KeyColumn) is not { } keyColumn)
        {
            return null;
        }

        if (table.PrimaryKey is not [var only] || only != keyColumn.Name)
        {
            _faults.Add(new($"{key}:KeyColumn", entity.KeyColumn, $"the whole primary key of the table {table.Name}, which is ({string.Join(", ", table.PrimaryKey)})"));
        }

        return new EntitySchema(entity, table, keyColumn, children.ToImmutable());
    }

    private async Task<TableSchema?> ReadTableAsync(string key, string name)
    {
        var table = await dialect.DescribeAsync(transaction, name);
        if (table is null)
        {
            _faults.Add(new(key, name, "a table of the monolith's database"));
        }

        foreach (var column in table?.Columns.Where(static column => column.Kind == ColumnKind.Unsupported) ?? [])
        {
            _faults.Add(new(key, name, $"a table whose columns hold text, numbers, booleans, dates or times; {column.Name} is of the type {column.DeclaredType}"));
        }

        return table;
    }

    private ColumnSchema? FindColumn(string key, TableSchema table, string name)
    {
        var column = table.Find(name);
        if (column is null)
        {
            _faults.Add(new(key, name, $"a column of the table {table.Name}: {table.ColumnNames}"));
        }

        return column;
    }
}
