using System.Data.Common;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Testing.PostgreSql;
using Xunit;

namespace OrleansShop.Strangler.Sql.Tests.Ownership;

/// <summary>Random takes, writes, returns, creations and statements of the monolith, against the database and against the rules in memory.</summary>
public abstract class LedgerModelTests : LedgerTests
{
    private readonly Dictionary<string, LedgerEntry> _ledger = [];
    private readonly Dictionary<string, string> _titles = [];

    [Theory]
    [InlineData(1)]
    [InlineData(20260)]
    [InlineData(777)]
    public async Task The_database_does_what_the_rules_say(int seed)
    {
        var random = new Random(seed);
        await AnnounceAsync(epoch: 1);
        for (var step = 1; step <= 250; step++)
        {
            var id = $"S{random.Next(4)}";
            var change = Station(id, random.Next(5) == 0 ? null : $"{id} at step {step}", version: random.Next(12), epoch: random.Next(6)) with
            {
                Owner = random.Next(4) == 0 ? EntityOwner.Monolith : EntityOwner.Grains,
            };
            switch (random.Next(6))
            {
                case 0:
                    var take = LedgerRules.Take(Known(id), _titles.ContainsKey(id));
                    Follow(id, take);
                    var taken = await TakeAsync(id);
                    Assert.Equal((take.Entry, _titles.GetValueOrDefault(id)), (taken.Entry, taken.Rows?.Row.Text("title")));
                    break;
                case 1 when change.Title() is not null:
                    await CheckAsync(change with { IsCreation = true, Owner = EntityOwner.Grains, Epoch = 1 }, LedgerRules.Apply, ApplyAsync);
                    break;
                case 2:
                    await CheckAsync(change with { Owner = EntityOwner.Grains }, LedgerRules.Return, last => Bridge.Ledger.ReturnAsync(last));
                    break;
                case 3:
                    await WriteAsMonolithAsync(id, change.Title());
                    break;
                default:
                    // Half of the writes are what the entity's own grain would send.
                    var right = random.Next(2) == 0 && Known(id) is { } entry ? change with { Owner = entry.Owner, Epoch = entry.Epoch, Version = entry.Version + 1 } : change;
                    await CheckAsync(right, LedgerRules.Apply, ApplyAsync);
                    break;
            }

            Assert.Equal(Known(id), await FindAsync(id));
            Assert.Equal(_titles.GetValueOrDefault(id), await Database.ScalarAsync<string?>($"SELECT title FROM station_list WHERE code = '{id}'"));
        }

        Assert.True(_ledger.Values.Any(entry => entry.Epoch > 2), "The steps must move entities.");
    }

    private LedgerEntry? Known(string id) => _ledger.TryGetValue(id, out var entry) ? entry : null;

    private async Task CheckAsync(Rows.EntityChange change, Func<LedgerEntry?, Rows.EntityChange, LedgerDecision> rule, Func<Rows.EntityChange, Task> call)
    {
        var decision = rule(Known(change.Id), change);
        switch (decision.Outcome)
        {
            case LedgerOutcome.NotOwner:
                await RefusedAsync(BridgeRefusal.NotOwner, () => call(change));
                return;
            case LedgerOutcome.Stale:
                await RefusedAsync(BridgeRefusal.StaleVersion, () => call(change));
                return;
        }

        await call(change);
        if (decision.Outcome == LedgerOutcome.Done)
        {
            Write(change.Id, change.Title());
            if (decision.Entry is not null)
            {
                Follow(change.Id, decision);
            }
        }
    }

    private async Task WriteAsMonolithAsync(string id, string? title)
    {
        var sql = title is null ? $"DELETE FROM station_list WHERE code = '{id}'"
            : _titles.ContainsKey(id) ? $"UPDATE station_list SET title = '{title}' WHERE code = '{id}'"
            : $"INSERT INTO station_list (code, title) VALUES ('{id}', '{title}')";
        var touches = title is not null || _titles.ContainsKey(id);
        if (touches && Known(id) is { Owner: EntityOwner.Grains })
        {
            await Assert.ThrowsAnyAsync<DbException>(() => Database.ExecuteAsync(sql));
            return;
        }

        await Database.ExecuteAsync(sql);
        Write(id, title);
    }

    private void Follow(string id, LedgerDecision decision)
    {
        if (decision is { Outcome: LedgerOutcome.Done, Entry: { } entry })
        {
            _ledger[id] = entry;
        }
    }

    /// <summary>With what the triggers do to the ledger when the monolith makes or deletes an entity.</summary>
    private void Write(string id, string? title)
    {
        if (title is not null)
        {
            _titles[id] = title;
            _ledger.TryAdd(id, LedgerEntry.Untouched);
        }
        else if (_titles.Remove(id) && Known(id) is { Epoch: 0 })
        {
            _ledger.Remove(id);
        }
    }
}

file static class Titles
{
    internal static string? Title(this Rows.EntityChange change) => change.Row?.Text("title");
}

public sealed class SqliteLedgerModelTests : LedgerModelTests
{
    protected override async Task<MonolithDatabaseUnderTest> CreateDatabaseAsync() => await SqliteUnderTest.CreateAsync();
}

public sealed class PostgreSqlLedgerModelTests(PostgreSqlFixture server) : LedgerModelTests
{
    protected override async Task<MonolithDatabaseUnderTest> CreateDatabaseAsync() => await PostgreSqlUnderTest.CreateAsync(server);
}
