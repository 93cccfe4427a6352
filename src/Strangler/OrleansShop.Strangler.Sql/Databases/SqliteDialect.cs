using System.Collections.Immutable;
using System.Data.Common;
using Dapper;
using OrleansShop.Strangler.Sql.Schema;

namespace OrleansShop.Strangler.Sql.Databases;

/// <summary>The words of SQLite.</summary>
internal sealed class SqliteDialect : ISqlDialect
{
    public async Task<TableSchema?> DescribeAsync(DbTransaction transaction, string table)
    {
        // SQLite ignores the case of names; only the exact name is accepted, so that manifests mean the same on both databases.
        var created = await transaction.Connection!.QuerySingleOrDefaultAsync<string>(
            "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = @table", new { table }, transaction);
        if (created is null)
        {
            return null;
        }

        var columns = (await transaction.Connection!.QueryAsync<(string Name, string Type, long Pk, long Hidden)>(
            "SELECT name, type, pk, hidden FROM pragma_table_xinfo(@table) ORDER BY cid", new { table }, transaction)).ToList();
        var primaryKey = columns.Where(static column => column.Pk > 0).OrderBy(static column => column.Pk).Select(static column => column.Name).ToImmutableArray();
        return new TableSchema(
            table,
            [.. columns.Where(static column => column.Hidden == 0).Select(column => new ColumnSchema(column.Name, KindOf(column.Type), column.Type, Sql.Quote(table, column.Name), CastTo: null))],
            primaryKey,
            IsNumberedForEver(created) ? table : null)
        {
            LooseCollation = await transaction.Connection!.QueryFirstOrDefaultAsync<string>(
                """
                SELECT part.coll FROM pragma_index_list(@table) AS list, pragma_index_xinfo(list.name) AS part
                WHERE list.origin = 'pk' AND part.key = 1 AND upper(part.coll) <> 'BINARY'
                """, new { table }, transaction),
        };
    }

    public async Task<IReadOnlyList<long>> TakeIdsAsync(DbTransaction transaction, TableSchema table, int count)
    {
        var last = await transaction.Connection!.QuerySingleOrDefaultAsync<long?>(
            "UPDATE sqlite_sequence SET seq = seq + @count WHERE name = @table RETURNING seq", new { count, table = table.Sequence }, transaction);
        if (last is null)
        {
            // The table has never had a row, so that SQLite has no entry for it yet.
            last = count;
            await transaction.Connection!.ExecuteAsync(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (@table, @last)", new { table = table.Sequence, last }, transaction);
        }

        return [.. Enumerable.Range(0, count).Select(index => last.Value - count + 1 + index)];
    }

    /// <summary>Nothing to do: SQLite moves its sequence itself when a row brings a higher id along.</summary>
    public Task PassIdAsync(DbTransaction transaction, TableSchema table, long id) => Task.CompletedTask;

    /// <summary>
    /// Without AUTOINCREMENT, SQLite gives the id of a deleted row out again; then ids cannot be taken in advance. The word can stand in a
    /// CREATE TABLE nowhere else but in a comment or a default, where it does no harm: taking ids then fails on the missing sequence.
    /// </summary>
    private static bool IsNumberedForEver(string createStatement) => createStatement.Contains("AUTOINCREMENT", StringComparison.OrdinalIgnoreCase);

    /// <summary>SQLite's own rules of type affinity (https://www.sqlite.org/datatype3.html#determination_of_column_affinity), with booleans and dates told apart.</summary>
    private static ColumnKind KindOf(string type)
    {
        bool Has(string part) => type.Contains(part, StringComparison.OrdinalIgnoreCase);
        return type switch
        {
            _ when Has("BOOL") => ColumnKind.Boolean,
            _ when Has("DATE") || Has("TIME") || Has("UUID") => ColumnKind.FormattedText,
            _ when Has("INT") => ColumnKind.Integer,
            _ when Has("CHAR") || Has("CLOB") || Has("TEXT") => ColumnKind.Text,
            _ when Has("REAL") || Has("FLOA") || Has("DOUB") || Has("NUMERIC") || Has("DECIMAL") => ColumnKind.Number,
            _ => ColumnKind.Unsupported,
        };
    }
}
