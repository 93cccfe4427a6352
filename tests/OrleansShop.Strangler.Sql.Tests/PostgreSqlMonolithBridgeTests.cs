using Dapper;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Rows;
using OrleansShop.Strangler.Sql.Databases;
using OrleansShop.Testing.PostgreSql;
using Xunit;
using PostgreSqlDatabase = OrleansShop.Strangler.Sql.Databases.PostgreSqlDatabase;

[assembly: AssemblyFixture(typeof(PostgreSqlFixture))]

namespace OrleansShop.Strangler.Sql.Tests;

public sealed class PostgreSqlMonolithBridgeTests(PostgreSqlFixture server) : SqlMonolithBridgeTests
{
    protected override async Task<MonolithDatabaseUnderTest> CreateDatabaseAsync() => await PostgreSqlUnderTest.CreateAsync(server);

    [Fact]
    public async Task A_row_that_stays_locked_makes_the_bridge_unavailable()
    {
        await Bridge.ApplyAsync([Type("1")]);
        await using var monolith = await Database.ConnectAsync();
        await using var transaction = await monolith.BeginTransactionAsync();
        await monolith.ExecuteAsync("UPDATE types SET name = 'held'", transaction: transaction);

        await Assert.ThrowsAsync<BridgeUnavailableException>(() => Bridge.ApplyAsync([Type("1")]));

        await transaction.RollbackAsync();
        await Bridge.ApplyAsync([Type("1")]);
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_refused_instead_of_cut()
    {
        var refused = await Assert.ThrowsAsync<BridgeRefusedException>(() => Bridge.ApplyAsync([Owner("1", new string('x', 31))]));

        Assert.Equal(BridgeRefusal.Constraint, refused.Reason);
    }

    [Theory]
    [InlineData("yesterday-ish")]
    [InlineData("2020-02-30")]
    public async Task A_date_that_is_none_is_refused(string opened)
    {
        var station = new EntityRows("station", "X", 1, Row.Of(("code", "X"), ("title", "X"), ("opened", opened)));

        var refused = await Assert.ThrowsAsync<BridgeRefusedException>(() => Bridge.ApplyAsync([EntityChange.Upsert("stations", station, epoch: 0) with { Owner = EntityOwner.Monolith }]));

        Assert.Equal(BridgeRefusal.Constraint, refused.Reason);
    }

    [Fact]
    public async Task A_server_that_is_not_there_makes_the_bridge_unavailable()
    {
        await using var bridge = new SqlMonolithBridge(TestManifest.Catalog(), users: null, new MonolithDatabaseOptions
        {
            Provider = DatabaseProvider.PostgreSql,
            ConnectionString = "Host=127.0.0.1;Port=1;Username=nobody;Database=nothing",
            LockTimeout = TimeSpan.FromSeconds(1),
        });

        await Assert.ThrowsAsync<BridgeUnavailableException>(() => bridge.ReadAsync(new RowQuery("pets", "pet-type")));
    }

    [Fact]
    public async Task Passing_a_sequence_never_gives_an_id_out_twice_while_the_monolith_inserts()
    {
        var applied = Task.WhenAll(Enumerable.Range(1, 20).Select(step => Bridge.ApplyAsync([Type($"{1000 + (step * 10)}")])));
        var inserted = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => Database.InsertTypeAsync($"monolith {number}")));
        await applied;

        Assert.Equal(100, inserted.Distinct().Count());
        Assert.True(await Database.InsertTypeAsync("last") > await Database.ScalarAsync<long>("SELECT MAX(id) FROM types WHERE name <> 'last'"));
    }

    [Fact]
    public async Task While_a_sequence_is_being_passed_the_monolith_waits_for_its_next_id()
    {
        await using var database = new PostgreSqlDatabase(Database.Options);
        Task<long>? waiting = null;

        await database.WriteAsync(
            async transaction =>
            {
                var table = await database.Dialects.Sql.DescribeAsync(transaction, "types");
                await database.Dialects.Sql.PassIdAsync(transaction, table!, 100);
                waiting = Database.InsertTypeAsync("of the monolith");
                Assert.NotSame(waiting, await Task.WhenAny(waiting, Task.Delay(500)));
                return 0;
            },
            TestContext.Current.CancellationToken);

        Assert.Equal(101, await waiting!);
    }
}
