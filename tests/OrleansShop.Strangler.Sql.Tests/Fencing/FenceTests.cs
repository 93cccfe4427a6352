using System.Data.Common;
using Dapper;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Testing.PostgreSql;
using Xunit;

namespace OrleansShop.Strangler.Sql.Tests.Fencing;

/// <summary>The monolith's own statements, over its own connections, where A is owned by grains and B is not.</summary>
public abstract class FenceTests : LedgerTests
{
    [Theory]
    [InlineData("UPDATE station_list SET title = 'x' WHERE code = 'A'")]
    [InlineData("UPDATE station_list SET title = title || 'x'")]
    [InlineData("UPDATE station_list SET code = 'gone' WHERE code = 'C'")]
    [InlineData("DELETE FROM platforms WHERE station = 'A'")]
    [InlineData("UPDATE platforms SET number = number + 10")]
    [InlineData("UPDATE platforms SET station = 'A', number = 99 WHERE station = 'B'")]
    [InlineData("UPDATE platforms SET station = 'B', number = 99 WHERE station = 'A'")]
    [InlineData("INSERT INTO platforms (station, number) VALUES ('B', 50), ('A', 50)")]
    [InlineData("INSERT INTO signs (station, wording) VALUES ('A', 'x')")]
    [InlineData("DELETE FROM platforms; DELETE FROM station_list")]
    [InlineData("INSERT INTO station_list (code, title) VALUES ('A', 'x') ON CONFLICT (code) DO UPDATE SET title = 'x'")]
    [InlineData("INSERT INTO station_list (code, title) VALUES ('gone', 'x')")]
    [InlineData("UPDATE platforms SET number = 77 WHERE station = 'B'; UPDATE station_list SET title = 'x' WHERE code = 'A'")]
    public async Task What_grains_own_is_not_written_and_the_whole_transaction_is_taken_back(string sql)
    {
        await GiveOwnersAsync();
        var before = await ReadAllAsync();
        await using var monolith = await Database.ConnectAsync();
        await using var transaction = await monolith.BeginTransactionAsync();

        var refused = await Assert.ThrowsAnyAsync<DbException>(() => monolith.ExecuteAsync(sql, transaction: transaction));

        Assert.Contains("strangler: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("owned by grains", refused.Message, StringComparison.Ordinal);
        await transaction.RollbackAsync();
        Assert.Equal(before, await ReadAllAsync());
    }

    [Fact]
    public async Task What_the_monolith_owns_it_writes_as_ever()
    {
        await GiveOwnersAsync();

        await Database.ExecuteAsync("UPDATE station_list SET title = 'Bravo' WHERE code = 'B'");
        await Database.ExecuteAsync("UPDATE platforms SET number = 7 WHERE station = 'B'");
        await Database.ExecuteAsync("INSERT INTO signs (station, wording) VALUES ('B', 'x')");
        await Database.ExecuteAsync("UPDATE station_list SET code = 'D' WHERE code = 'C'");
        await GiveStationAsync("E", "Echo");
        await Database.ExecuteAsync("DELETE FROM station_list WHERE code = 'D'");

        Assert.Equal("Bravo", await TitleAsync("B"));
        Assert.Equal(LedgerEntry.Untouched, await FindAsync("E"));
        Assert.Null(await FindAsync("C"));
        Assert.Null(await FindAsync("D"));
    }

    [Fact]
    public async Task An_entity_that_came_back_keeps_its_row_when_the_monolith_deletes_it()
    {
        await GiveOwnersAsync();
        await Bridge.Ledger.ReturnAsync(Station("A", "back", version: 4));

        await Database.ExecuteAsync("DELETE FROM platforms WHERE station = 'A'; DELETE FROM station_list WHERE code = 'A'");

        Assert.Equal(new LedgerEntry(EntityOwner.Monolith, Epoch: 2, Version: 4), await FindAsync("A"));
        await RefusedAsync(BridgeRefusal.NotOwner, () => ApplyAsync(Station("A", "late", version: 5)));
        Assert.Null((await TakeAsync("A")).Entry);
    }

    [Fact]
    public async Task A_foreign_key_that_cascades_meets_the_fence_of_the_children()
    {
        await Database.ExecuteAsync(
            "DROP TABLE platforms; CREATE TABLE platforms (station VARCHAR(10) NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (station, number), "
            + "FOREIGN KEY (station) REFERENCES station_list (code) ON DELETE CASCADE ON UPDATE CASCADE)");
        await GiveOwnersAsync();

        await Database.ExecuteAsync("DELETE FROM station_list WHERE code = 'B'");
        await Assert.ThrowsAnyAsync<DbException>(() => Database.ExecuteAsync("DELETE FROM station_list WHERE code = 'A'"));

        Assert.Equal(1, await Database.ScalarAsync<long>("SELECT COUNT(*) FROM platforms WHERE station = 'A'"));
        Assert.Equal(0, await Database.ScalarAsync<long>("SELECT COUNT(*) FROM platforms WHERE station = 'B'"));
    }

    [Fact]
    public async Task A_bridges_write_of_one_entity_does_not_open_the_fence_of_another()
    {
        await GiveOwnersAsync();
        await TakeAsync("C");
        await Database.ExecuteAsync(Intruder);

        var refused = await RefusedAsync(BridgeRefusal.NotOwner, () => ApplyAsync(Station("C", "writes A too", version: 1)));

        Assert.Contains("owned by grains", refused.Message, StringComparison.Ordinal);
        Assert.Equal("Alpha", await TitleAsync("A"));
        Assert.Equal("Charlie", await TitleAsync("C"));
    }

    [Fact]
    public async Task Nothing_of_the_mark_is_left_for_the_monolith_after_an_apply_or_a_refusal()
    {
        await GiveOwnersAsync();
        await ApplyAsync(Station("A", "one", version: 1));
        await RefusedAsync(BridgeRefusal.Constraint, () => ApplyAsync(Station("A", "Bravo", version: 2)));
        await RefusedAsync(BridgeRefusal.Constraint, () => Bridge.Ledger.ReturnAsync(Station("A", "Bravo", version: 2)));

        await Assert.ThrowsAnyAsync<DbException>(() => Database.ExecuteAsync("UPDATE station_list SET title = 'x' WHERE code = 'A'"));
        Assert.Equal("one", await TitleAsync("A"));
        Assert.Equal(new LedgerEntry(EntityOwner.Grains, Epoch: 1, Version: 1), await FindAsync("A"));
    }

    [Fact]
    public async Task Closed_tables_take_nothing_new_from_the_monolith_and_still_what_the_grains_apply()
    {
        await GiveOwnersAsync();
        await TakeAsync("B");
        await TakeAsync("C");
        var closed = new CapabilityAnnouncement("stations", Epoch: 2, Fence: true, Takes: true, Feeds: false, Closed: true);
        await Bridge.Ledger.AnnounceAsync(closed);
        await Bridge.Ledger.AnnounceAsync(closed);
        var before = await ReadAllAsync();

        foreach (var sql in new[] { "INSERT INTO station_list (code, title) VALUES ('D', 'Delta')", "INSERT INTO signs (station, wording) VALUES ('B', 'x')", "UPDATE station_list SET title = 'x' WHERE code = 'C'" })
        {
            var refused = await Assert.ThrowsAnyAsync<DbException>(() => Database.ExecuteAsync(sql));
            Assert.Contains("strangler: ", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, await ReadAllAsync());
        await ApplyAsync(Station("B", "late", version: 1));
        await ApplyAsync(Station("E", "made late", version: 1) with { IsCreation = true });
        await ApplyAsync(Station("C", null, version: 7) with { IsCreation = true });
        await ApplyAsync(Station("never there", null, version: 3) with { IsCreation = true });
        Assert.Equal(("late", "made late"), (await TitleAsync("B"), await TitleAsync("E")));
        Assert.Equal(0, await Database.ScalarAsync<long>("SELECT COUNT(*) FROM station_list WHERE code = 'C'"));
        Assert.Equal(new LedgerEntry(EntityOwner.Grains, Epoch: 1, Version: 7), await FindAsync("C"));
        Assert.Equal(new LedgerEntry(EntityOwner.Grains, Epoch: 1, Version: 3), await FindAsync("never there"));
    }

    [Fact]
    public async Task What_is_closed_is_not_opened_by_an_announcement()
    {
        await AnnounceAsync(epoch: 1);
        await Bridge.Ledger.AnnounceAsync(new CapabilityAnnouncement("stations", Epoch: 2, Fence: true, Takes: true, Feeds: false, Closed: true));

        await RefusedAsync(BridgeRefusal.StalePhase, () => AnnounceAsync(epoch: 2));
        await RefusedAsync(BridgeRefusal.StalePhase, () => AnnounceAsync(epoch: 3));
        await RefusedAsync(BridgeRefusal.StalePhase, () => RemoveAsync(epoch: 3));

        await Assert.ThrowsAnyAsync<DbException>(() => GiveStationAsync("A", "Alpha"));
    }

    [Fact]
    public async Task A_ledger_that_was_made_before_there_was_closing_can_be_closed()
    {
        await AnnounceAsync(epoch: 1);
        await Database.ExecuteAsync(ForgetClosing);
        await AnnounceAsync(epoch: 2);

        await Bridge.Ledger.AnnounceAsync(new CapabilityAnnouncement("stations", Epoch: 3, Fence: true, Takes: true, Feeds: false, Closed: true));

        await Assert.ThrowsAnyAsync<DbException>(() => GiveStationAsync("A", "Alpha"));
    }

    /// <summary>Makes of the table of fences what it was before there was closing.</summary>
    protected abstract string ForgetClosing { get; }

    /// <summary>A trigger of the monolith's own that writes A whenever C is written.</summary>
    protected abstract string Intruder { get; }

    /// <summary>A and the deleted "gone" are owned by grains; B and C, which has no platforms, are not.</summary>
    protected async Task GiveOwnersAsync()
    {
        await GiveStationAsync("A", "Alpha");
        await GiveStationAsync("B", "Bravo");
        await Database.ExecuteAsync("INSERT INTO station_list (code, title) VALUES ('C', 'Charlie'), ('gone', 'Gone')");
        await AnnounceAsync(epoch: 1);
        await TakeAsync("A");
        await TakeAsync("gone");
        await ApplyAsync(Station("gone", null, version: 1));
    }

    protected async Task<List<string>> ReadAllAsync()
    {
        await using var connection = await Database.ConnectAsync();
        return
        [
            .. await connection.QueryAsync<string>("SELECT code || ' ' || title FROM station_list ORDER BY 1"),
            .. await connection.QueryAsync<string>("SELECT station || ' ' || CAST(number AS VARCHAR(10)) FROM platforms ORDER BY 1"),
            .. await connection.QueryAsync<string>("SELECT station || ' ' || wording FROM signs ORDER BY 1"),
            .. await connection.QueryAsync<string>("SELECT kind || ' ' || entity_id || ' ' || CAST(owner AS VARCHAR(10)) || ' ' || CAST(epoch AS VARCHAR(10)) FROM strangler_ownership ORDER BY 1"),
        ];
    }
}

public sealed class SqliteFenceTests : FenceTests
{
    protected override async Task<MonolithDatabaseUnderTest> CreateDatabaseAsync() => await SqliteUnderTest.CreateAsync();

    /// <summary>Those of that day did not name the column; SQLite drops none that a trigger names.</summary>
    protected override string ForgetClosing =>
        "DROP TRIGGER strangler_station_list_insert; DROP TRIGGER strangler_platforms_insert; DROP TRIGGER strangler_signs_insert; ALTER TABLE strangler_fence DROP COLUMN closed";

    protected override string Intruder =>
        "CREATE TRIGGER intruder AFTER UPDATE ON station_list WHEN NEW.code = 'C' BEGIN UPDATE station_list SET title = 'by intruder' WHERE code = 'A'; END";

    [Theory]
    [InlineData("REPLACE INTO station_list (code, title) VALUES ('A', 'x')")]
    [InlineData("INSERT OR IGNORE INTO platforms (station, number) VALUES ('A', 5)")]
    [InlineData("UPDATE OR IGNORE station_list SET title = 'x' WHERE code = 'A'")]
    [InlineData("REPLACE INTO platforms (station, number) VALUES ('A', 1)")]
    public async Task Sqlites_own_ways_to_write_meet_the_fence_too(string sql)
    {
        await GiveOwnersAsync();
        var before = await ReadAllAsync();

        await Assert.ThrowsAnyAsync<DbException>(() => Database.ExecuteAsync(sql));

        Assert.Equal(before, await ReadAllAsync());
    }

    [Fact]
    public async Task A_row_that_the_monolith_replaces_keeps_what_the_ledger_says_of_it()
    {
        await GiveOwnersAsync();
        await Bridge.Ledger.ReturnAsync(Station("A", "back", version: 4));

        await Database.ExecuteAsync("REPLACE INTO station_list (code, title) VALUES ('A', 'replaced')");

        Assert.Equal(new LedgerEntry(EntityOwner.Monolith, Epoch: 2, Version: 4), await FindAsync("A"));
    }
}

public sealed class PostgreSqlFenceTests(PostgreSqlFixture server) : FenceTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    protected override async Task<MonolithDatabaseUnderTest> CreateDatabaseAsync() => await PostgreSqlUnderTest.CreateAsync(server);

    protected override string ForgetClosing => "ALTER TABLE strangler_fence DROP COLUMN closed";

    protected override string Intruder => """
        CREATE FUNCTION intrude() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE station_list SET title = 'by intruder' WHERE code = 'A'; RETURN NULL; END $$;
        CREATE TRIGGER intruder AFTER UPDATE ON station_list FOR EACH ROW WHEN (NEW.code = 'C') EXECUTE FUNCTION intrude();
        """;

    [Theory]
    [InlineData("READ COMMITTED")]
    [InlineData("REPEATABLE READ")]
    [InlineData("SERIALIZABLE")]
    public async Task A_transaction_that_began_before_the_take_cannot_write_after_it(string isolation)
    {
        await GiveOwnersAsync();
        await using var monolith = await Database.ConnectAsync();
        await monolith.ExecuteAsync($"BEGIN ISOLATION LEVEL {isolation}");
        Assert.Equal("Bravo", await monolith.ExecuteScalarAsync<string>("SELECT title FROM station_list WHERE code = 'B'"));
        await TakeAsync("B");

        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => monolith.ExecuteAsync("UPDATE station_list SET title = 'x' WHERE code = 'B'"));

        Assert.Equal(isolation == "READ COMMITTED" ? "STR01" : "40001", refused.SqlState);
        await monolith.ExecuteAsync("ROLLBACK");
        Assert.Equal("Bravo", await TitleAsync("B"));
    }

    [Theory]
    [InlineData("READ COMMITTED")]
    [InlineData("REPEATABLE READ")]
    [InlineData("SERIALIZABLE")]
    public async Task A_take_waits_for_a_transaction_that_has_written_the_entity_and_sees_what_it_wrote(string isolation)
    {
        await GiveOwnersAsync();
        await using var monolith = await Database.ConnectAsync();
        await monolith.ExecuteAsync($"BEGIN ISOLATION LEVEL {isolation}");
        await monolith.ExecuteAsync("INSERT INTO platforms (station, number) VALUES ('B', 2)");
        var take = TakeAsync("B");
        Assert.NotSame(take, await Task.WhenAny(take, Task.Delay(200)));

        await monolith.ExecuteAsync("COMMIT");

        Assert.Equal(2, (await take.WaitAsync(Deadline)).Rows!.ChildrenIn("platforms").Count);
    }

    [Fact]
    public async Task A_write_that_meets_a_running_apply_waits_for_it_and_is_refused()
    {
        await GiveOwnersAsync();
        await using var holder = await Database.ConnectAsync();
        await holder.ExecuteAsync("BEGIN; SELECT 1 FROM strangler_ownership WHERE entity_id = 'A' FOR UPDATE");
        var write = Database.ExecuteAsync("UPDATE station_list SET title = 'x' WHERE code = 'A'");
        Assert.NotSame(write, await Task.WhenAny(write, Task.Delay(200)));

        await holder.ExecuteAsync("COMMIT");

        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => write.WaitAsync(Deadline));
    }

    [Fact]
    public async Task Truncate_is_refused_whoever_owns_the_rows()
    {
        await GiveOwnersAsync();

        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => Database.ExecuteAsync("TRUNCATE station_list CASCADE"));

        Assert.Equal("STR01", refused.SqlState);
        Assert.Equal("Alpha", await TitleAsync("A"));
    }

    [Fact]
    public async Task Refusals_are_counted_although_their_transactions_are_rolled_back()
    {
        await GiveOwnersAsync();
        for (var time = 0; time < 3; time++)
        {
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() => Database.ExecuteAsync("UPDATE station_list SET title = 'x' WHERE code = 'A'"));
        }

        Assert.Equal(3, await Database.ScalarAsync<long>("SELECT last_value FROM strangler_refusals"));
    }

    [Fact]
    public async Task A_monolith_whose_user_has_no_rights_on_the_ledger_is_fenced_all_the_same()
    {
        await GiveOwnersAsync();
        await Database.ExecuteAsync("CREATE ROLE fenced_monolith_user; GRANT SELECT, INSERT, UPDATE, DELETE ON station_list, platforms TO fenced_monolith_user");
        try
        {
            await Database.ExecuteAsync("SET ROLE fenced_monolith_user; UPDATE station_list SET title = 'Bravo 2' WHERE code = 'B'");
            var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(
                () => Database.ExecuteAsync("SET ROLE fenced_monolith_user; UPDATE station_list SET title = 'x' WHERE code = 'A'"));

            Assert.Equal(("STR01", "Bravo 2"), (refused.SqlState, await TitleAsync("B")));
        }
        finally
        {
            await Database.ExecuteAsync("DROP OWNED BY fenced_monolith_user; DROP ROLE fenced_monolith_user");
        }
    }
}
