using System.Data.Common;
using Dapper;
using OrleansShop.Strangler.Sql.Ownership;

namespace OrleansShop.Strangler.Sql.Fencing;

/// <summary>
/// Fences on SQLite: one trigger for each table and kind of statement. They run in the monolith's process, with whatever version of SQLite it has, and one that it cannot parse would lock it out of its whole
/// database: so they say nothing that versions of the last ten years do not know, and the message is a fixed text.
/// </summary>
internal sealed class SqliteFence : IFenceDialect
{
    private const string Tables = $"""
        CREATE TABLE IF NOT EXISTS {LedgerTables.Fence} (
            capability TEXT NOT NULL PRIMARY KEY, epoch INTEGER NOT NULL, takes INTEGER NOT NULL, feeds INTEGER NOT NULL, complete INTEGER NOT NULL,
            format TEXT NOT NULL, noted INTEGER NOT NULL, installed_at TEXT NOT NULL, closed INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS {LedgerTables.Ownership} (
            kind TEXT NOT NULL, entity_id TEXT NOT NULL, owner INTEGER NOT NULL CHECK (owner IN (0, 1)), epoch INTEGER NOT NULL, version INTEGER NOT NULL,
            PRIMARY KEY (kind, entity_id)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS {LedgerTables.Changes} (
            capability TEXT NOT NULL, position INTEGER NOT NULL, kind TEXT NOT NULL, entity_id TEXT NOT NULL, at TEXT NOT NULL,
            PRIMARY KEY (capability, position)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS {LedgerTables.Applying} (kind TEXT NOT NULL, entity_id TEXT NOT NULL, PRIMARY KEY (kind, entity_id)) WITHOUT ROWID;
        """;

    public async Task<IReadOnlyList<FenceGap>> FindGapsAsync(DbTransaction transaction, FencePlan plan)
    {
        var gaps = new List<FenceGap>();
        foreach (var trigger in plan.Tables.SelectMany(table => TriggersOf(plan.Capability, table)))
        {
            var found = await transaction.Connection!.QuerySingleOrDefaultAsync<string>(
                "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = @Name AND tbl_name = @Table", new { trigger.Name, trigger.Table }, transaction);
            if (found != trigger.Sql)
            {
                gaps.Add(new FenceGap(trigger.Name, trigger.Table, IsFeed: false));
            }
        }

        return gaps;
    }

    public async Task RaiseAsync(DbTransaction transaction, FencePlan plan)
    {
        await transaction.Connection!.ExecuteAsync(Tables, transaction: transaction);
        if (await transaction.Connection!.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM pragma_table_info('{LedgerTables.Fence}') WHERE name = 'closed'", transaction: transaction) == 0)
        {
            await transaction.Connection!.ExecuteAsync($"ALTER TABLE {LedgerTables.Fence} ADD COLUMN closed INTEGER NOT NULL DEFAULT 0", transaction: transaction);
        }

        foreach (var trigger in plan.Tables.SelectMany(table => TriggersOf(plan.Capability, table)))
        {
            await transaction.Connection!.ExecuteAsync($"DROP TRIGGER IF EXISTS {Sql.Quote(trigger.Name)}", transaction: transaction);
            await transaction.Connection!.ExecuteAsync(trigger.Sql, transaction: transaction);
        }
    }

    public async Task LowerAsync(DbTransaction transaction, FencePlan plan)
    {
        foreach (var trigger in plan.Tables.SelectMany(table => TriggersOf(plan.Capability, table)))
        {
            await transaction.Connection!.ExecuteAsync($"DROP TRIGGER IF EXISTS {Sql.Quote(trigger.Name)}", transaction: transaction);
        }
    }

    public Task DropTablesAsync(DbTransaction transaction) => transaction.Connection!.ExecuteAsync(
        $"DROP TABLE {LedgerTables.Fence}; DROP TABLE {LedgerTables.Ownership}; DROP TABLE {LedgerTables.Changes}; DROP TABLE {LedgerTables.Applying};", transaction: transaction);

    /// <summary>
    /// All run after the statement, when the row's values are final: SQLite fills in the number of a new row only then. A refusal takes the whole statement back.
    /// </summary>
    private static IEnumerable<Trigger> TriggersOf(string capability, FencedTable table)
    {
        var (before, after) = (new RowOf(capability, table, "OLD"), new RowOf(capability, table, "NEW"));
        var moved = $"{before.Id} <> {after.Id}";
        yield return TriggerOn("INSERT", [after.Refuse, after.RefuseNew, .. OfEntity(after.Enter(condition: "1")), .. after.Note(condition: "1")]);
        yield return TriggerOn("UPDATE",
            [before.Refuse, after.Refuse, .. OfEntity(before.Leave(moved), after.Enter(moved)), .. before.Note(condition: "1"), .. after.Note(moved)]);
        yield return TriggerOn("DELETE", [before.Refuse, .. OfEntity(before.Leave(condition: "1")), .. before.Note(condition: "1")]);

        IEnumerable<string> OfEntity(params string[] statements) => table.IsEntity ? statements : [];

        Trigger TriggerOn(string statement, IEnumerable<string> steps)
        {
            var name = $"strangler_{table.Table.Name}_{statement.ToLowerInvariant()}";
            var body = string.Concat(steps.Select(static step => $"  {step};\n"));
            return new Trigger(name, table.Table.Name, $"CREATE TRIGGER {Sql.Quote(name)} AFTER {statement} ON {table.Table.Quoted} BEGIN\n{body}END");
        }
    }

    private sealed record Trigger(string Name, string Table, string Sql);

    /// <summary>What a trigger does about one state of a row. INSERT OR IGNORE and the like would not do: the monolith's own REPLACE would turn them into REPLACE.</summary>
    private sealed class RowOf(string capability, FencedTable table, string state)
    {
        private readonly string _kind = $"'{table.Kind}'";

        internal string Id { get; } = $"CAST({state}.{table.Key.Quoted} AS TEXT)";

        internal string Refuse =>
            $"SELECT RAISE(ABORT, '{LedgerTables.MessagePrefix}this {table.Kind} is owned by grains and cannot be written by the monolith') WHERE EXISTS "
            + $"(SELECT 1 FROM {LedgerTables.Ownership} WHERE kind = {_kind} AND entity_id = {Id} AND owner = 1) AND {IsMonoliths}";

        internal string RefuseNew =>
            $"SELECT RAISE(ABORT, '{LedgerTables.MessagePrefix}{capability} is retired and takes nothing new from the monolith') WHERE EXISTS "
            + $"(SELECT 1 FROM {LedgerTables.Fence} WHERE capability = '{capability}' AND closed = 1) AND {IsMonoliths}";

        internal string Enter(string condition) =>
            $"INSERT INTO {LedgerTables.Ownership} (kind, entity_id, owner, epoch, version) SELECT {_kind}, {Id}, 0, 0, 0 WHERE {condition} AND NOT EXISTS "
            + $"(SELECT 1 FROM {LedgerTables.Ownership} WHERE kind = {_kind} AND entity_id = {Id})";

        internal string Leave(string condition) =>
            $"DELETE FROM {LedgerTables.Ownership} WHERE {condition} AND kind = {_kind} AND entity_id = {Id} AND epoch = 0";

        internal IEnumerable<string> Note(string condition) =>
        [
            $"UPDATE {LedgerTables.Fence} SET noted = noted + 1 WHERE {condition} AND {IsFed}",
            $"INSERT INTO {LedgerTables.Changes} (capability, position, kind, entity_id, at) "
            + $"SELECT capability, noted, {_kind}, {Id}, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') FROM {LedgerTables.Fence} WHERE {condition} AND {IsFed}",
        ];

        private string IsFed => $"capability = '{capability}' AND feeds = 1 AND {IsMonoliths}";

        private string IsMonoliths => $"NOT EXISTS (SELECT 1 FROM {LedgerTables.Applying} WHERE kind = {_kind} AND entity_id = {Id})";
    }
}
