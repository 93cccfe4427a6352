using System.Data.Common;
using Dapper;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Sql.Databases;
using OrleansShop.Strangler.Sql.Ownership;

namespace OrleansShop.Strangler.Sql.Feed;

/// <summary>The feed on SQLite: its one writer at a time numbers changes in the order of the commits.</summary>
internal sealed class SqliteChangeFeed : IChangeFeed
{
    public async Task<ChangePage> ReadAsync(IMonolithDatabase database, ChangeQuery query, CancellationToken cancellationToken)
    {
        var (page, hasOld) = await database.ReadAsync(transaction => ReadAsync(database.Dialects.Ledger, transaction, query), cancellationToken);
        if (hasOld)
        {
            // Only now a write, which costs a sync of the disk: a reader that asks again and again while nothing happens writes nothing.
            await database.WriteAsync(transaction => ForgetAsync(database.Dialects.Ledger, transaction, query), cancellationToken);
        }

        return page;
    }

    private static async Task<(ChangePage Page, bool HasOld)> ReadAsync(ILedgerDialect dialect, DbTransaction transaction, ChangeQuery query)
    {
        var connection = transaction.Connection!;
        var noted = await dialect.EnterAsync(transaction, query.Capability, LedgerAccess.Look)
            ? await connection.QuerySingleOrDefaultAsync<long?>($"SELECT noted FROM {LedgerTables.Fence} WHERE capability = @Capability", query, transaction)
            : null;
        if (noted is null)
        {
            return (new ChangePage([], query.After, Waiting: 0), false);
        }

        var after = query.After <= noted ? query.After : 0;
        var changes = await ChangeRow.ReadAsync(transaction, query with { After = after });
        var position = changes.Count == 0 ? after : changes[^1].Position;
        var waiting = await connection.ExecuteScalarAsync<long>(
            $"SELECT COUNT(*) FROM (SELECT 1 FROM {LedgerTables.Changes} WHERE capability = @Capability AND position > @position LIMIT {ChangeQuery.MaxCounted})",
            new { query.Capability, position }, transaction);
        var hasOld = await connection.ExecuteScalarAsync<long>(
            $"SELECT EXISTS (SELECT 1 FROM {LedgerTables.Changes} WHERE capability = @Capability AND position <= @after)", new { query.Capability, after }, transaction) == 1;
        return (new ChangePage([.. changes.Select(static change => change.ToChange())], position, waiting), hasOld);
    }

    private static async Task<int> ForgetAsync(ILedgerDialect dialect, DbTransaction transaction, ChangeQuery query) =>
        await dialect.EnterAsync(transaction, query.Capability, LedgerAccess.Move)
            ? await transaction.Connection!.ExecuteAsync($"DELETE FROM {LedgerTables.Changes} WHERE capability = @Capability AND position <= @After", query, transaction)
            : 0;
}
