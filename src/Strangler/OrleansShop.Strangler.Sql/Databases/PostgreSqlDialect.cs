using System.Collections.Immutable;
using System.Data.Common;
using Dapper;
using OrleansShop.Strangler.Sql.Schema;

namespace OrleansShop.Strangler.Sql.Databases;

/// <summary>The words of PostgreSQL. Tables are found through the connection's <c>search_path</c>.</summary>
internal sealed class PostgreSqlDialect : ISqlDialect
{
    public async Task<TableSchema?> DescribeAsync(DbTransaction transaction, string table)
    {
        var connection = transaction.Connection!;
        var id = await connection.QuerySingleOrDefaultAsync<long?>(
            "SELECT oid::bigint FROM pg_class WHERE oid = to_regclass(quote_ident(@table)) AND relkind IN ('r', 'p')", new { table }, transaction);
        if (id is null)
        {
            return null;
        }

        // format_type without a modifier: a cast to varchar(30) would cut text silently, the insert into the column refuses it.
        var columns = await connection.QueryAsync<(string Name, string Type)>(
            """
            SELECT attname::text, format_type(atttypid, NULL)
            FROM pg_attribute
            WHERE attrelid = @id::oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
            ORDER BY attnum
            """, new { id }, transaction);
        var primaryKey = (await connection.QueryAsync<string>(
            """
            SELECT attribute.attname::text
            FROM pg_index, unnest(indkey) WITH ORDINALITY AS part (attnum, place)
            JOIN pg_attribute AS attribute ON attribute.attrelid = @id::oid AND attribute.attnum = part.attnum
            WHERE indrelid = @id::oid AND indisprimary
            ORDER BY part.place
            """, new { id }, transaction)).ToImmutableArray();
        var sequence = primaryKey is not [var key] ? null : await connection.QuerySingleAsync<string?>(
            "SELECT pg_get_serial_sequence(quote_ident(@table), @key)", new { table, key }, transaction);
        return new TableSchema(
            table, [.. columns.Select(static column => Describe(column.Name, column.Type))], primaryKey, sequence)
        {
            LooseCollation = await connection.QueryFirstOrDefaultAsync<string>(
                """
                SELECT collname::text FROM pg_attribute JOIN pg_collation ON pg_collation.oid = attcollation
                WHERE attrelid = @id::oid AND attname = @key AND NOT collisdeterministic
                """, new { id, key = primaryKey.FirstOrDefault() }, transaction),
        };
    }

    public async Task<IReadOnlyList<long>> TakeIdsAsync(DbTransaction transaction, TableSchema table, int count)
    {
        var ids = await transaction.Connection!.QueryAsync<long>(
            "SELECT nextval(@sequence::text::regclass) FROM generate_series(1, @count)", new { sequence = table.Sequence, count }, transaction);
        return [.. ids.Order()];
    }

    public async Task PassIdAsync(DbTransaction transaction, TableSchema table, long id)
    {
        // Almost always the id came from the sequence itself, and this one look says so: sequences only grow. A look at the moment when another
        // transaction has altered the sequence finds nothing at all, because the server has put another file in its place.
        if (await IsBehindSequenceAsync(transaction, table, id) ?? false)
        {
            return;
        }

        // ALTER SEQUENCE takes a lock that makes other callers of nextval wait until this transaction ends. Without it, a value
        // that is drawn between the look and setval would be drawn again. It changes nothing: sequences of identities do not cycle.
        await transaction.Connection!.ExecuteAsync($"ALTER SEQUENCE {table.Sequence} NO CYCLE", transaction: transaction);
        if (!(await IsBehindSequenceAsync(transaction, table, id) ?? throw new InvalidOperationException($"The sequence {table.Sequence} is empty under its lock.")))
        {
            await transaction.Connection!.ExecuteAsync("SELECT setval(@sequence::text::regclass, @id)", new { sequence = table.Sequence, id }, transaction);
        }
    }

    /// <summary>Null when there is nothing to see. The sequence's name comes from the database, already quoted.</summary>
    private static Task<bool?> IsBehindSequenceAsync(DbTransaction transaction, TableSchema table, long id) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<bool?>(
            $"SELECT @id < last_value OR (@id = last_value AND is_called) FROM {table.Sequence}", new { id }, transaction);

    private static ColumnSchema Describe(string name, string type)
    {
        var quoted = Sql.Quote(name);
        return type switch
        {
            "smallint" or "integer" or "bigint" => new(name, ColumnKind.Integer, type, quoted, type),
            "text" or "character varying" => new(name, ColumnKind.Text, type, quoted, type),
            "numeric" or "real" or "double precision" => new(name, ColumnKind.Number, type, quoted, type),
            "boolean" => new(name, ColumnKind.Boolean, type, quoted, type),
            "date" => new(name, ColumnKind.FormattedText, type, $"to_char({quoted}, 'YYYY-MM-DD')", type),
            "timestamp without time zone" => new(name, ColumnKind.FormattedText, type, $"to_char({quoted}, 'YYYY-MM-DD\"T\"HH24:MI:SS.US')", type),
            "timestamp with time zone" => new(
                name, ColumnKind.FormattedText, type, $"to_char({quoted} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')", type),
            "time without time zone" or "uuid" => new(name, ColumnKind.FormattedText, type, $"CAST({quoted} AS text)", type),
            _ => new(name, ColumnKind.Unsupported, type, quoted, type),
        };
    }
}
