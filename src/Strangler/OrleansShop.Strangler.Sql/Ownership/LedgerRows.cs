using System.Data.Common;
using Dapper;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Sql.Reading;
using OrleansShop.Strangler.Sql.Schema;

namespace OrleansShop.Strangler.Sql.Ownership;

/// <summary>The ledger's rows, within one transaction.</summary>
internal sealed class LedgerRows(ILedgerDialect dialect, DbTransaction transaction)
{
    private const string Columns = "owner AS Owner, epoch AS Epoch, version AS Version";

    private DbConnection Connection => transaction.Connection!;

    internal async Task<LedgerEntry?> FindAsync(EntityName name) => ToEntry(await Connection.QuerySingleOrDefaultAsync<EntryRow>(
        $"SELECT {Columns} FROM {LedgerTables.Ownership} WHERE kind = @Kind AND entity_id = @Id", new { name.Kind, name.Id }, transaction));

    /// <summary>Locks the ledger's row until the transaction ends. Writers of the monolith that hold the entity are waited for; those that come later wait.</summary>
    internal async Task<LedgerEntry?> LockAsync(EntityName name) => ToEntry(await Connection.QuerySingleOrDefaultAsync<EntryRow>(
        LockEntry, new { name.Kind, name.Id }, transaction));

    /// <summary>Locks the ledger's rows of several entities of one kind, those that nobody else has under lock; waits for nobody.</summary>
    internal async Task<Dictionary<string, LedgerEntry>> LockFreeAsync(string kind, string[] ids) => (await Connection.QueryAsync<EntryRow>(
        $"SELECT entity_id AS Id, {Columns} FROM {LedgerTables.Ownership} WHERE kind = @kind AND entity_id {dialect.IsOneOf("@ids")}{dialect.Locks.FreeEntries}", new { kind, ids }, transaction))
        .ToDictionary(static row => row.Id, static row => ToEntry(row)!.Value, StringComparer.Ordinal);

    /// <summary>
    /// Locks an entity that is to be written: first its rows, then the ledger's row, in the order in which the monolith's statements do it, whose fence asks the ledger when it has the row. The other way
    /// round the two would wait for each other.
    /// </summary>
    internal async Task<LockedEntity> LockWithRowsAsync(EntitySchema entity, EntityName name)
    {
        var key = ColumnValue.FromText(entity.Key, name.Id);
        var sql = LockRows(entity.Table, entity.Key) + string.Concat(entity.Children.Select(child => LockRows(child.Table, child.Key))) + LockEntry;
        await using var answers = await Connection.QueryMultipleAsync(sql, new { key, name.Kind, name.Id }, transaction);
        var exists = (await answers.ReadAsync<int>()).Any();
        foreach (var _ in entity.Children)
        {
            await answers.ReadAsync<int>();
        }

        return new LockedEntity(ToEntry(await answers.ReadSingleOrDefaultAsync<EntryRow>()), exists);
    }

    /// <summary>Writes what the rules have decided over what was locked.</summary>
    internal async Task WriteAsync(EntityName name, LedgerEntry? before, LedgerEntry after)
    {
        var sql = before is null
            ? $"INSERT INTO {LedgerTables.Ownership} (kind, entity_id, owner, epoch, version) VALUES (@Kind, @Id, @owner, @Epoch, @Version)"
            : $"UPDATE {LedgerTables.Ownership} SET owner = @owner, epoch = @Epoch, version = @Version WHERE kind = @Kind AND entity_id = @Id";
        var written = await Connection.ExecuteAsync(sql, new { name.Kind, name.Id, owner = (int)after.Owner, after.Epoch, after.Version }, transaction);
        Invariant.Holds(written == 1, "the ledger's row of an entity is there under its lock");
    }

    /// <summary>Writes the same for several entities of one kind, all of which were locked.</summary>
    internal async Task WriteAsync(string kind, string[] ids, LedgerEntry after)
    {
        var written = await Connection.ExecuteAsync(
            $"UPDATE {LedgerTables.Ownership} SET owner = @owner, epoch = @Epoch, version = @Version WHERE kind = @kind AND entity_id {dialect.IsOneOf("@ids")}",
            new { kind, ids, owner = (int)after.Owner, after.Epoch, after.Version }, transaction);
        Invariant.Holds(written == ids.Length, "the ledger's rows of entities are there under their locks");
    }

    private string LockEntry => $"SELECT {Columns} FROM {LedgerTables.Ownership} WHERE kind = @Kind AND entity_id = @Id{dialect.Locks.Entry};";

    private string LockRows(TableSchema table, ColumnSchema key) => $"SELECT 1 FROM {table.Quoted} WHERE {key.Quoted} = {key.Typed("@key")}{dialect.Locks.Rows}; ";

    private static LedgerEntry? ToEntry(EntryRow? row) => row is null ? null : new LedgerEntry(row.Owner, row.Epoch, row.Version);

    private sealed class EntryRow
    {
        public string Id { get; init; } = "";

        public EntityOwner Owner { get; init; }

        public long Epoch { get; init; }

        public long Version { get; init; }
    }
}

/// <summary>An entity under lock.</summary>
/// <param name="Entry">What the ledger says of it; null if it knows none.</param>
/// <param name="Exists">Whether the monolith's table has its row.</param>
internal readonly record struct LockedEntity(LedgerEntry? Entry, bool Exists);
