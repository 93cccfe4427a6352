using System.Data.Common;
using Dapper;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Sql.Reading;
using OrleansShop.Strangler.Sql.Schema;

namespace OrleansShop.Strangler.Sql.Ownership;

/// <summary>Reads the ledger beside the entities that exist. Where it has no row, or there is no ledger, the monolith owns what is there.</summary>
internal sealed class LedgerReader(DbTransaction transaction, bool hasTables)
{
    private DbConnection Connection => transaction.Connection!;

    internal async Task<LedgerPage> ListAsync(EntitySchema entity, LedgerQuery query)
    {
        var parameters = new DynamicParameters(new { kind = query.Kind, owner = (int)query.Owner, limit = query.Limit + 1 });
        var begin = "";
        if (query.After is not null)
        {
            begin = $" AND entity.{entity.Key.Quoted} > {entity.Key.Typed("@after")}";
            parameters.Add("after", ColumnValue.FromText(entity.Key, query.After));
        }

        // One more than asked for tells whether there is a next page.
        var sql = $"""
            SELECT {IdOf(entity)} AS Id, {Owner} AS Owner, {(hasTables ? "COALESCE(ledger.epoch, 0)" : "0")} AS Epoch, {(hasTables ? "COALESCE(ledger.version, 0)" : "0")} AS Version
            FROM {From(entity)} WHERE {Owner} = @owner{begin} ORDER BY entity.{entity.Key.Quoted} LIMIT @limit
            """;
        var rows = (await Connection.QueryAsync<ItemRow>(sql, parameters, transaction)).ToList();
        var items = rows.Take(query.Limit).Select(static row => new LedgerItem(row.Id, new LedgerEntry(row.Owner, row.Epoch, row.Version))).ToList();
        return new LedgerPage(items, rows.Count > query.Limit ? items[^1].Id : null);
    }

    internal async Task<LedgerCounts> CountAsync(IEnumerable<EntitySchema> entities)
    {
        var (all, grains) = (0L, 0L);
        foreach (var entity in entities)
        {
            var parameters = new { kind = entity.Manifest.Kind };
            all += await Connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM {entity.Table.Quoted}", transaction: transaction);
            grains += hasTables
                ? await Connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM {From(entity)} WHERE {Owner} = {(int)EntityOwner.Grains}", parameters, transaction)
                : 0;
        }

        return new LedgerCounts(all - grains, grains);
    }

    private string Owner => hasTables ? "COALESCE(ledger.owner, 0)" : "0";

    private static string IdOf(EntitySchema entity) => $"CAST(entity.{entity.Key.Quoted} AS text)";

    private string From(EntitySchema entity) => $"{entity.Table.Quoted} AS entity"
        + (hasTables ? $" LEFT JOIN {LedgerTables.Ownership} AS ledger ON ledger.kind = @kind AND ledger.entity_id = {IdOf(entity)}" : "");

    private sealed class ItemRow
    {
        public string Id { get; init; } = "";

        public EntityOwner Owner { get; init; }

        public long Epoch { get; init; }

        public long Version { get; init; }
    }
}
