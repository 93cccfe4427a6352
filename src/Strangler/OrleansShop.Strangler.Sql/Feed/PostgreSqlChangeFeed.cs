using System.Data.Common;
using Dapper;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Sql.Databases;
using OrleansShop.Strangler.Sql.Ownership;

namespace OrleansShop.Strangler.Sql.Feed;

/// <summary>
/// The feed on PostgreSQL. The numbers of a sequence do not follow the order of the commits, so a reader that went by them would pass by what is committed late. Changes get their position when they are
/// first read: what is committed later gets a later one. Two changes of one entity keep their order, because the second waited for the first.
/// </summary>
internal sealed class PostgreSqlChangeFeed : IChangeFeed
{
    public Task<ChangePage> ReadAsync(IMonolithDatabase database, ChangeQuery query, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => ReadAsync(database.Dialects.Ledger, transaction, query), cancellationToken);

    private static async Task<ChangePage> ReadAsync(ILedgerDialect dialect, DbTransaction transaction, ChangeQuery query)
    {
        // The locked row keeps a second reader of the feed from giving positions at the same time.
        var connection = transaction.Connection!;
        var noted = await dialect.EnterAsync(transaction, query.Capability, LedgerAccess.Move)
            ? await connection.QuerySingleOrDefaultAsync<long?>($"SELECT noted FROM {LedgerTables.Fence} WHERE capability = @Capability FOR UPDATE", query, transaction)
            : null;
        if (noted is not { } given)
        {
            return new ChangePage([], query.After, Waiting: 0);
        }

        var from = query with { After = query.After <= given ? query.After : 0 };
        await connection.ExecuteAsync($"DELETE FROM {LedgerTables.Changes} WHERE capability = @Capability AND position <= @After", from, transaction);
        if (given - from.After < from.Limit)
        {
            await GivePositionsAsync(transaction, from, given);
        }

        var changes = await ChangeRow.ReadAsync(transaction, from);
        var position = changes.Count == 0 ? from.After : changes[^1].Position;
        var waiting = await connection.ExecuteScalarAsync<long>(
            $"""
            SELECT COUNT(*) FROM (SELECT 1 FROM {LedgerTables.Changes}
            WHERE capability = @Capability AND (position IS NULL OR position > @position) LIMIT {ChangeQuery.MaxCounted}) AS behind
            """, new { query.Capability, position }, transaction);
        return new ChangePage([.. changes.Select(static change => change.ToChange())], position, waiting);
    }

    private static async Task GivePositionsAsync(DbTransaction transaction, ChangeQuery query, long given)
    {
        var count = await transaction.Connection!.ExecuteAsync(
            $"""
            WITH page AS (SELECT seq FROM {LedgerTables.Changes} WHERE capability = @Capability AND position IS NULL ORDER BY seq LIMIT @Limit),
            placed AS (SELECT seq, row_number() OVER (ORDER BY seq) AS place FROM page)
            UPDATE {LedgerTables.Changes} AS change SET position = @given + placed.place FROM placed WHERE change.seq = placed.seq
            """, new { query.Capability, query.Limit, given }, transaction);
        if (count > 0)
        {
            await transaction.Connection!.ExecuteAsync(
                $"UPDATE {LedgerTables.Fence} SET noted = noted + @count WHERE capability = @Capability", new { query.Capability, count }, transaction);
        }
    }
}
