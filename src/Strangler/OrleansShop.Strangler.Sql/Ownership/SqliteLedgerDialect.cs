using System.Data.Common;
using Dapper;

namespace OrleansShop.Strangler.Sql.Ownership;

/// <summary>SQLite has one writer at a time among all processes: a writing transaction excludes all others.</summary>
internal sealed class SqliteLedgerDialect : ILedgerDialect
{
    public LedgerLocks Locks { get; } = new(Rows: "", Entry: "", FreeEntries: "", Keys: "");

    /// <summary>The parameter becomes a list of parameters.</summary>
    public string IsOneOf(string parameter) => $"IN {parameter}";

    public async Task<bool> EnterAsync(DbTransaction transaction, string capability, LedgerAccess access) =>
        await transaction.Connection!.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = @name", new { name = LedgerTables.Fence }, transaction) > 0;

    /// <summary>A row, because triggers see nothing but the database. It never outlives the transaction: whoever marks takes the mark away, and what fails rolls back.</summary>
    public Task MarkAsync(DbTransaction transaction, EntityName? entity) => entity is { } name
        ? transaction.Connection!.ExecuteAsync(
            $"DELETE FROM {LedgerTables.Applying}; INSERT INTO {LedgerTables.Applying} (kind, entity_id) VALUES (@Kind, @Id);", new { name.Kind, name.Id }, transaction)
        : transaction.Connection!.ExecuteAsync($"DELETE FROM {LedgerTables.Applying}", transaction: transaction);
}
