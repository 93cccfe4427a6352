using System.Diagnostics;
using Dapper;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Rows;
using OrleansShop.Strangler.Sql.Databases;
using Xunit;

namespace OrleansShop.Strangler.Sql.Tests;

public sealed class SqliteMonolithBridgeTests : SqlMonolithBridgeTests
{
    private SqliteUnderTest Sqlite => (SqliteUnderTest)Database;

    protected override async Task<MonolithDatabaseUnderTest> CreateDatabaseAsync() => await SqliteUnderTest.CreateAsync();

    [Fact]
    public async Task A_write_waits_for_the_monoliths_transaction()
    {
        await Bridge.CheckSchemaAsync();
        await using var monolith = await Database.ConnectAsync();
        await monolith.ExecuteAsync("BEGIN IMMEDIATE");
        var write = Task.Run(() => Bridge.ApplyAsync([Type("1")]));
        Assert.NotSame(write, await Task.WhenAny(write, Task.Delay(300)));

        await monolith.ExecuteAsync("COMMIT");

        await write;
        Assert.Equal(1, await Database.ScalarAsync<long>("SELECT COUNT(*) FROM types"));
    }

    [Fact]
    public async Task A_lock_that_stays_makes_the_bridge_unavailable_and_reads_go_on()
    {
        await Bridge.CheckSchemaAsync();
        await using var monolith = await Database.ConnectAsync();
        await monolith.ExecuteAsync("BEGIN IMMEDIATE");

        var unavailable = await Assert.ThrowsAsync<BridgeUnavailableException>(() => Bridge.ApplyAsync([Type("1")]));

        Assert.True(unavailable.RetryAfter > TimeSpan.Zero);
        Assert.Empty((await Bridge.ReadAsync(new RowQuery("pets", "pet-type"))).Items);
    }

    [Fact]
    public async Task A_file_that_is_not_there_makes_the_bridge_unavailable_until_it_is()
    {
        var path = Sqlite.File + ".late";
        await using var bridge = new SqlMonolithBridge(
            TestManifest.Catalog(), users: null, new MonolithDatabaseOptions { ConnectionString = $"Data Source={path}", LockTimeout = TimeSpan.FromSeconds(1) });
        await Assert.ThrowsAsync<BridgeUnavailableException>(() => bridge.ReadAsync(new RowQuery("pets", "pet-type")));
        Assert.False(File.Exists(path), "The bridge must not create the monolith's database.");

        await Database.ExecuteAsync($"VACUUM INTO '{path}'");

        Assert.Empty((await bridge.ReadAsync(new RowQuery("pets", "pet-type"))).Items);
    }

    [Fact]
    public async Task Many_writers_take_turns()
    {
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(1, 100).Select(id => Bridge.ApplyAsync([Type(id.ToString())])));

        Assert.Equal(100, await Database.ScalarAsync<long>("SELECT COUNT(*) FROM types"));
        TestContext.Current.TestOutputHelper?.WriteLine($"100 durable writes in {clock.ElapsedMilliseconds} ms");
    }

    [Fact]
    public async Task A_key_that_sqlite_may_give_out_again_is_not_taken_from()
    {
        await Database.ExecuteAsync("PRAGMA foreign_keys = OFF; DROP TABLE visits; CREATE TABLE visits (id INTEGER PRIMARY KEY, pet_id INTEGER, visit_date TEXT, description TEXT)");

        var refused = await Assert.ThrowsAsync<BridgeRefusedException>(() => Bridge.AllocateIdsAsync("visits", "visit", 1));

        Assert.Equal(BridgeRefusal.NoSequence, refused.Reason);
    }

    [Fact]
    public async Task Foreign_keys_hold_although_sqlite_leaves_them_off_by_default()
    {
        Assert.Equal(BridgeRefusal.ForeignKey, (await Assert.ThrowsAsync<BridgeRefusedException>(() => Bridge.ApplyAsync(
            [EntityChange.Upsert("visits", new EntityRows("visit", "1", 1, Row.Of(("id", 1), ("pet_id", 1), ("visit_date", "2020-01-01"), ("description", ""))), epoch: 0) with { Owner = EntityOwner.Monolith }]))).Reason);
    }
}
