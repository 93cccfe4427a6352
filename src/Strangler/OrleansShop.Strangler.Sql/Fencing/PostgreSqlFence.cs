using System.Data.Common;
using System.Globalization;
using Dapper;
using OrleansShop.Strangler.Sql.Ownership;

namespace OrleansShop.Strangler.Sql.Fencing;

/// <summary>
/// Fences on PostgreSQL: on each table a trigger that asks the ledger, one that refuses TRUNCATE, and one that notes changes, which is enabled while the capability feeds. The functions run with the rights
/// of the bridge's user, so that the monolith's needs none on the ledger, and name every table with its schema.
/// </summary>
internal sealed class PostgreSqlFence : IFenceDialect
{
    private const string FenceTrigger = "strangler_fence", TruncateTrigger = "strangler_truncate", FeedTrigger = "strangler_feed";

    /// <summary>
    /// How long to wait for the monolith's transactions when triggers are made or dropped: others queue behind us meanwhile. Whoever announced tries again. Well below the second after which PostgreSQL looks for deadlocks
    /// (its <c>deadlock_timeout</c>): a transaction of the monolith that reads a table that we wait for, and waits for one that we hold, must find us gone, and not become the victim.
    /// </summary>
    private const int TableLockTimeoutMs = 400;

    /// <summary>How long to wait for another installation or removal.</summary>
    private const int TurnTimeoutMs = 1000;

    public async Task<IReadOnlyList<FenceGap>> FindGapsAsync(DbTransaction transaction, FencePlan plan)
    {
        var gaps = new List<FenceGap>();
        foreach (var table in plan.Tables)
        {
            var found = await ReadTriggersAsync(transaction, table);
            gaps.AddRange(Wanted(plan).Where(wanted => found.GetValueOrDefault(wanted.Name) != wanted.State)
                .Select(wanted => new FenceGap(wanted.Name, table.Table.Name, IsFeed: wanted.Name == FeedTrigger)));
        }

        return gaps;
    }

    public async Task RaiseAsync(DbTransaction transaction, FencePlan plan)
    {
        var connection = transaction.Connection!;
        var schema = await EnterAsync(transaction);
        await connection.ExecuteAsync(Tables(schema), transaction: transaction);
        var canClose = await connection.ExecuteScalarAsync<bool>(
            $"SELECT EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass('{LedgerTables.Fence}') AND attname = 'closed' AND NOT attisdropped)", transaction: transaction);
        if (!canClose) await connection.ExecuteAsync($"ALTER TABLE {schema}.{LedgerTables.Fence} ADD COLUMN closed boolean NOT NULL DEFAULT false", transaction: transaction);
        foreach (var table in plan.Tables)
        {
            await connection.ExecuteAsync(FunctionsOf(schema, plan.Capability, table), transaction: transaction);
            var found = await ReadTriggersAsync(transaction, table);
            foreach (var (name, state) in Wanted(plan).Where(wanted => found.GetValueOrDefault(wanted.Name) != wanted.State))
            {
                var create = found.ContainsKey(name) ? "" : $"CREATE TRIGGER {name} {EventsOf(name)} ON {table.Table.Quoted} {CallOf(schema, name, table)};";
                var enable = $"ALTER TABLE {table.Table.Quoted} {(state == 'D' ? "DISABLE" : "ENABLE")} TRIGGER {name};";
                await connection.ExecuteAsync(create + enable, transaction: transaction);
            }
        }
    }

    public async Task LowerAsync(DbTransaction transaction, FencePlan plan)
    {
        var schema = await EnterAsync(transaction);
        foreach (var table in plan.Tables)
        {
            await transaction.Connection!.ExecuteAsync(
                $"""
                DROP TRIGGER IF EXISTS {FenceTrigger} ON {table.Table.Quoted};
                DROP TRIGGER IF EXISTS {TruncateTrigger} ON {table.Table.Quoted};
                DROP TRIGGER IF EXISTS {FeedTrigger} ON {table.Table.Quoted};
                DROP FUNCTION IF EXISTS {schema}.{FunctionOf(FenceTrigger, table)}();
                DROP FUNCTION IF EXISTS {schema}.{FunctionOf(FeedTrigger, table)}();
                """, transaction: transaction);
        }
    }

    public Task DropTablesAsync(DbTransaction transaction) => transaction.Connection!.ExecuteAsync(
        $"""
        DROP FUNCTION IF EXISTS strangler_check(text, text);
        DROP FUNCTION IF EXISTS strangler_check_new(text, text, text);
        DROP FUNCTION IF EXISTS strangler_note(text, text, text);
        DROP FUNCTION IF EXISTS strangler_refuse_truncate();
        DROP TABLE {LedgerTables.Fence}, {LedgerTables.Ownership}, {LedgerTables.Changes};
        DROP SEQUENCE {LedgerTables.Refusals};
        """, transaction: transaction);

    /// <summary>One installation or removal at a time, of whatever capability: they make and drop what all share.</summary>
    /// <returns>The schema of the ledger, quoted: where the bridge's user makes its tables.</returns>
    private static async Task<string> EnterAsync(DbTransaction transaction)
    {
        await transaction.Connection!.ExecuteAsync(
            $"SET LOCAL lock_timeout = {TurnTimeoutMs}; SELECT pg_advisory_xact_lock({PostgreSqlLedgerDialect.LockSpace}, 0)::text; SET LOCAL lock_timeout = {TableLockTimeoutMs};", transaction: transaction);
        return await transaction.Connection!.QuerySingleAsync<string>(
            $"SELECT quote_ident(COALESCE((SELECT relnamespace::regnamespace::text FROM pg_class WHERE oid = to_regclass('{LedgerTables.Fence}')), current_schema()))", transaction: transaction);
    }

    private static IEnumerable<(string Name, char State)> Wanted(FencePlan plan) =>
        [(FenceTrigger, 'O'), (TruncateTrigger, 'O'), (FeedTrigger, plan.Feeds ? 'O' : 'D')];

    /// <summary>The triggers of ours with their states: O enabled, D disabled.</summary>
    private static async Task<Dictionary<string, char>> ReadTriggersAsync(DbTransaction transaction, FencedTable table)
    {
        var found = await transaction.Connection!.QueryAsync<(string Name, string State)>(
            """
            SELECT tgname::text, tgenabled::text FROM pg_trigger
            WHERE tgrelid = to_regclass(quote_ident(@table)) AND NOT tgisinternal AND tgname LIKE 'strangler\_%'
            """, new { table = table.Table.Name }, transaction);
        return found.ToDictionary(static trigger => trigger.Name, static trigger => trigger.State[0], StringComparer.Ordinal);
    }

    private static string EventsOf(string trigger) => trigger == TruncateTrigger ? "BEFORE TRUNCATE" : "AFTER INSERT OR UPDATE OR DELETE";

    private static string CallOf(string schema, string trigger, FencedTable table) => trigger == TruncateTrigger
        ? $"FOR EACH STATEMENT EXECUTE FUNCTION {schema}.strangler_refuse_truncate()"
        : $"FOR EACH ROW EXECUTE FUNCTION {schema}.{FunctionOf(trigger, table)}()";

    /// <summary>PostgreSQL cuts names after 63 bytes; a table's longer name is told apart by a number made of all of it.</summary>
    private static string FunctionOf(string trigger, FencedTable table)
    {
        var name = $"{trigger}_{table.Table.Name}";
        var number = PostgreSqlLedgerDialect.KeyOf(table.Table.Name).ToString("x8", CultureInfo.InvariantCulture);
        return Sql.Quote(name.Length <= 63 ? name : $"{name[..54]}_{number}");
    }

    private static string Tables(string schema) => $"""
        CREATE TABLE IF NOT EXISTS {schema}.{LedgerTables.Fence} (
            capability text PRIMARY KEY, epoch bigint NOT NULL, takes boolean NOT NULL, feeds boolean NOT NULL, complete boolean NOT NULL,
            format text NOT NULL, noted bigint NOT NULL, installed_at timestamptz NOT NULL, closed boolean NOT NULL DEFAULT false);
        CREATE TABLE IF NOT EXISTS {schema}.{LedgerTables.Ownership} (
            kind text NOT NULL, entity_id text NOT NULL, owner smallint NOT NULL CHECK (owner IN (0, 1)), epoch bigint NOT NULL, version bigint NOT NULL,
            PRIMARY KEY (kind, entity_id));
        CREATE TABLE IF NOT EXISTS {schema}.{LedgerTables.Changes} (
            seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, capability text NOT NULL, position bigint, kind text NOT NULL, entity_id text NOT NULL,
            at timestamptz NOT NULL DEFAULT clock_timestamp());
        CREATE UNIQUE INDEX IF NOT EXISTS strangler_changes_by_position ON {schema}.{LedgerTables.Changes} (capability, position) WHERE position IS NOT NULL;
        CREATE INDEX IF NOT EXISTS strangler_changes_without_position ON {schema}.{LedgerTables.Changes} (capability, seq) WHERE position IS NULL;
        CREATE SEQUENCE IF NOT EXISTS {schema}.{LedgerTables.Refusals};

        CREATE OR REPLACE FUNCTION {schema}.strangler_check(asked_kind text, asked_id text) RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
        DECLARE
            held smallint;
        BEGIN
            IF current_setting('{LedgerTables.ApplyingSetting}', true) = asked_kind || '/' || asked_id THEN
                RETURN;
            END IF;
            -- The lock makes takes wait for this transaction, and this one for them; a transaction that looks at the past fails to serialize.
            SELECT owner INTO held FROM {schema}.{LedgerTables.Ownership} WHERE kind = asked_kind AND entity_id = asked_id FOR SHARE;
            IF NOT FOUND THEN
                INSERT INTO {schema}.{LedgerTables.Ownership} (kind, entity_id, owner, epoch, version) VALUES (asked_kind, asked_id, 0, 0, 0) ON CONFLICT DO NOTHING;
                SELECT owner INTO held FROM {schema}.{LedgerTables.Ownership} WHERE kind = asked_kind AND entity_id = asked_id FOR SHARE;
            END IF;
            IF held = 1 THEN
                PERFORM nextval('{schema}.{LedgerTables.Refusals}');
                RAISE EXCEPTION USING ERRCODE = '{LedgerTables.RefusedState}',
                    MESSAGE = '{LedgerTables.MessagePrefix}' || asked_kind || ' ' || asked_id || ' is owned by grains and cannot be written by the monolith',
                    HINT = 'Write it through its grain service, or have it returned first.';
            END IF;
        END $body$;

        -- Takes no lock: what is inserted while the capability is being closed belongs to the monolith, and the sweep takes it.
        CREATE OR REPLACE FUNCTION {schema}.strangler_check_new(asked_capability text, asked_kind text, asked_id text) RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
        BEGIN
            IF current_setting('{LedgerTables.ApplyingSetting}', true) IS DISTINCT FROM asked_kind || '/' || asked_id
                AND EXISTS (SELECT 1 FROM {schema}.{LedgerTables.Fence} WHERE capability = asked_capability AND closed) THEN
                PERFORM nextval('{schema}.{LedgerTables.Refusals}');
                RAISE EXCEPTION USING ERRCODE = '{LedgerTables.RefusedState}',
                    MESSAGE = '{LedgerTables.MessagePrefix}' || asked_capability || ' is retired and takes nothing new from the monolith: ' || asked_kind || ' ' || asked_id,
                    HINT = 'Make it through its grain service.';
            END IF;
        END $body$;

        CREATE OR REPLACE FUNCTION {schema}.strangler_note(changed_capability text, changed_kind text, changed_id text) RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
        BEGIN
            IF current_setting('{LedgerTables.ApplyingSetting}', true) IS DISTINCT FROM changed_kind || '/' || changed_id THEN
                INSERT INTO {schema}.{LedgerTables.Changes} (capability, kind, entity_id) VALUES (changed_capability, changed_kind, changed_id);
            END IF;
        END $body$;

        CREATE OR REPLACE FUNCTION {schema}.strangler_refuse_truncate() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
        BEGIN
            PERFORM nextval('{schema}.{LedgerTables.Refusals}');
            RAISE EXCEPTION USING ERRCODE = '{LedgerTables.RefusedState}',
                MESSAGE = '{LedgerTables.MessagePrefix}the table ' || TG_TABLE_NAME || ' is fenced and cannot be truncated',
                HINT = 'Delete the rows; those that grains own are deleted through their service.';
        END $body$;

        REVOKE ALL ON FUNCTION {schema}.strangler_check(text, text), {schema}.strangler_check_new(text, text, text), {schema}.strangler_note(text, text, text) FROM PUBLIC;
        """;

    private static string FunctionsOf(string schema, string capability, FencedTable table)
    {
        var (old, @new) = ($"OLD.{table.Key.Quoted}", $"NEW.{table.Key.Quoted}");
        var leave = $"DELETE FROM {schema}.{LedgerTables.Ownership} WHERE kind = '{table.Kind}' AND entity_id = {old}::text AND epoch = 0;";
        return OnRow(FenceTrigger, $"PERFORM {schema}.strangler_check('{table.Kind}', ", table.IsEntity ? leave : "", $"PERFORM {schema}.strangler_check_new('{capability}', '{table.Kind}', {@new}::text);")
            + OnRow(FeedTrigger, $"PERFORM {schema}.strangler_note('{capability}', '{table.Kind}', ", whenGone: "", whenNew: "");

        // What an update moves to another key concerns two entities.
        string OnRow(string trigger, string call, string whenGone, string whenNew) => $"""
            CREATE OR REPLACE FUNCTION {schema}.{FunctionOf(trigger, table)}() RETURNS trigger
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
            BEGIN
                IF TG_OP = 'INSERT' THEN
                    {whenNew}
                    {call}{@new}::text);
                ELSIF TG_OP = 'DELETE' THEN
                    {call}{old}::text);
                    {whenGone}
                ELSE
                    {call}{old}::text);
                    IF {@new} IS DISTINCT FROM {old} THEN
                        {call}{@new}::text);
                        {whenGone}
                    END IF;
                END IF;
                RETURN NULL;
            END $body$;

            """;
    }
}
