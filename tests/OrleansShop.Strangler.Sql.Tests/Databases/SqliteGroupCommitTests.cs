using Dapper;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Sql.Databases;
using Xunit;

namespace OrleansShop.Strangler.Sql.Tests.Databases;

public sealed class SqliteGroupCommitTests : IAsyncLifetime
{
    private SqliteUnderTest _file = null!;
    private SqliteDatabase _database = null!;
    private SqliteDatabase _patient = null!;

    public async ValueTask InitializeAsync()
    {
        _file = await SqliteUnderTest.CreateAsync();
        await _file.ExecuteAsync("CREATE TABLE parents (id INTEGER PRIMARY KEY); CREATE TABLE items (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED)");
        _database = new SqliteDatabase(_file.Options);
        _patient = new SqliteDatabase(new MonolithDatabaseOptions { ConnectionString = _file.Options.ConnectionString, LockTimeout = TimeSpan.FromSeconds(30) });
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await _patient.DisposeAsync();
        await _file.DisposeAsync();
    }

    [Fact]
    public async Task Of_works_that_wait_together_those_that_fail_are_taken_back_alone()
    {
        var group = await TogetherAsync(Enumerable.Range(1, 100).Select(number => number % 3 == 0
            ? $"INSERT INTO items (id) VALUES ({number}); INSERT INTO items (id) VALUES ({number})"
            : $"INSERT INTO items (id) VALUES ({number})"));

        await ExpectAsync(group, failing: number => number % 3 == 0, BridgeRefusal.Constraint);
    }

    [Fact]
    public async Task A_rule_that_is_checked_at_the_commit_refuses_only_whom_it_concerns()
    {
        var group = await TogetherAsync(Enumerable.Range(1, 20).Select(number => $"INSERT INTO items (id, parent) VALUES ({number}, {(number == 7 ? "4711" : "NULL")})"));

        await ExpectAsync(group, failing: number => number == 7, BridgeRefusal.ForeignKey);
    }

    [Fact]
    public async Task A_rule_that_takes_the_whole_transaction_back_refuses_only_whom_it_concerns()
    {
        await _file.ExecuteAsync("CREATE TRIGGER strict AFTER INSERT ON items WHEN NEW.id IN (3, 12) BEGIN SELECT RAISE(ROLLBACK, 'too strict'); END");

        var group = await TogetherAsync(Enumerable.Range(1, 20).Select(number => $"INSERT INTO items (id) VALUES ({number})"));

        await ExpectAsync(group, failing: number => number is 3 or 12, BridgeRefusal.Constraint);
    }

    [Fact]
    public async Task While_another_process_keeps_the_lock_all_that_wait_are_told_so_and_nothing_is_written()
    {
        await using var monolith = await _file.ConnectAsync();
        await monolith.ExecuteAsync("BEGIN IMMEDIATE");

        var group = Enumerable.Range(1, 20).Select(number => WriteAsync(_database, $"INSERT INTO items (id) VALUES ({number})")).ToList();

        foreach (var write in group)
        {
            await Assert.ThrowsAsync<BridgeUnavailableException>(() => write);
        }

        await monolith.ExecuteAsync("ROLLBACK");
        await WriteAsync(_database, "INSERT INTO items (id) VALUES (100)");
        Assert.Equal(100, await _file.ScalarAsync<long>("SELECT MIN(id) FROM items"));
    }

    [Fact]
    public async Task A_work_that_gives_up_while_it_waits_is_not_done()
    {
        await using var monolith = await _file.ConnectAsync();
        await monolith.ExecuteAsync("BEGIN IMMEDIATE");
        using var patience = new CancellationTokenSource();
        var first = WriteAsync(_patient, "INSERT INTO items (id) VALUES (1)");
        var second = WriteAsync(_patient, "INSERT INTO items (id) VALUES (2)", patience.Token);

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await monolith.ExecuteAsync("ROLLBACK");

        await first;
        Assert.Equal(1, await _file.ScalarAsync<long>("SELECT COUNT(*) FROM items"));
    }

    /// <summary>Holds the lock until all of them wait.</summary>
    private async Task<List<Task<int>>> TogetherAsync(IEnumerable<string> statements)
    {
        await using var monolith = await _file.ConnectAsync();
        await monolith.ExecuteAsync("BEGIN IMMEDIATE");
        var group = statements.Select(sql => WriteAsync(_patient, sql)).ToList();
        await monolith.ExecuteAsync("ROLLBACK");
        return group;
    }

    private async Task ExpectAsync(List<Task<int>> group, Func<int, bool> failing, BridgeRefusal reason)
    {
        foreach (var (index, write) in group.Index())
        {
            if (failing(index + 1))
            {
                Assert.Equal(reason, (await Assert.ThrowsAsync<BridgeRefusedException>(() => write)).Reason);
            }
            else
            {
                await write;
            }
        }

        await using var connection = await _file.ConnectAsync();
        Assert.Equal(Enumerable.Range(1, group.Count).Where(number => !failing(number)), await connection.QueryAsync<int>("SELECT id FROM items ORDER BY id"));
    }

    private static Task<int> WriteAsync(SqliteDatabase database, string sql, CancellationToken cancellationToken = default) =>
        Task.Run(() => database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(sql, transaction: transaction), cancellationToken), CancellationToken.None);
}
