using System.Collections.Immutable;
using System.Data.Common;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Keys;
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
        else
        {
            CheckKeyType(key, entity, table, keyColumn);
        }

        return new EntitySchema(entity, table, keyColumn, children.ToImmutable());
    }

    private void CheckKeyType(string key, EntityManifest entity, TableSchema table, ColumnSchema column)
    {
        if (KeyTypeOf(column) is not { } type)
        {
            _faults.Add(new($"{key}:KeyColumn", entity.KeyColumn, $"a column of whole numbers, texts or unique ids; {table.Name}.{column.Name} is of the type {column.DeclaredType}"));
        }
        else if (type != entity.KeyType)
        {
            _faults.Add(new($"{key}:KeyType", entity.KeyType.ToString(), $"{type}, because {table.Name}.{column.Name} is of the type {column.DeclaredType}"));
        }
        else if (table.LooseCollation is { } loose)
        {
            _faults.Add(new($"{key}:KeyColumn", entity.KeyColumn, $"a column whose collation tells every two texts apart; {table.Name}.{column.Name} has {loose}, to which different texts are one key"));
        }
    }

    private static KeyType? KeyTypeOf(ColumnSchema column) => column switch
    {
        { Kind: ColumnKind.Integer } => KeyType.Integer,
        { Kind: ColumnKind.Text } => KeyType.Text,
        { IsUniqueId: true } => KeyType.Uuid,
        _ => null,
    };

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
