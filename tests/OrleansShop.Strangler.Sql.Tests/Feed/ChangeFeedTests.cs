using Dapper;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Testing.PostgreSql;
using Xunit;

namespace OrleansShop.Strangler.Sql.Tests.Feed;

public abstract class ChangeFeedTests : LedgerTests
{
    [Fact]
    public async Task The_monoliths_own_changes_are_handed_out_in_order_and_forgotten_when_the_reader_has_gone_on()
    {
        await GiveStationAsync("A", "Alpha");
        await AnnounceAsync(epoch: 1, takes: false, feeds: true);
        await GiveStationAsync("B", "Bravo");
        await Database.ExecuteAsync("UPDATE station_list SET title = 'x' WHERE code = 'A'");
        await Database.ExecuteAsync("DELETE FROM platforms WHERE station = 'B'");
        await Database.ExecuteAsync("UPDATE station_list SET code = 'C' WHERE code = 'B'");

        var first = await ReadAsync(after: 0, limit: 3);
        var again = await ReadAsync(after: 0, limit: 3);
        var second = await ReadAsync(first.Position, limit: 10);
        var end = await ReadAsync(second.Position, limit: 10);

        Assert.Equal(["B", "B", "A"], first.Items.Select(item => item.Id));
        Assert.Equal(first.Items, again.Items);
        Assert.Equal(3, first.Waiting);
        Assert.Equal(["B", "B", "C"], second.Items.Select(item => item.Id));
        Assert.All(second.Items, item => Assert.Equal("station", item.Kind));
        Assert.All(second.Items, item => Assert.InRange(item.At, DateTimeOffset.UnixEpoch.AddYears(40), DateTimeOffset.MaxValue));
        Assert.Equal((0, second.Position, 0), (end.Items.Count, end.Position, end.Waiting));
        Assert.Equal(0, await Database.ScalarAsync<long>("SELECT COUNT(*) FROM strangler_changes"));
    }

    [Fact]
    public async Task What_grains_write_and_what_was_rolled_back_is_no_change_of_the_monoliths()
    {
        await GiveStationAsync("A", "Alpha");
        await AnnounceAsync(epoch: 1, takes: true, feeds: true);
        await TakeAsync("A");
        await ApplyAsync(Station("A", "one", version: 1));
        await Bridge.Ledger.ReturnAsync(Station("A", "two", version: 2));
        await using var monolith = await Database.ConnectAsync();
        await monolith.ExecuteAsync("BEGIN; UPDATE station_list SET title = 'x'; ROLLBACK");

        Assert.Empty((await ReadAsync(after: 0, limit: 10)).Items);
        await Database.ExecuteAsync("UPDATE station_list SET title = 'y'");
        Assert.Equal("A", Assert.Single((await ReadAsync(after: 0, limit: 10)).Items).Id);
    }

    [Fact]
    public async Task Nothing_is_noted_while_the_capability_does_not_feed_and_what_is_left_is_forgotten()
    {
        await GiveStationAsync("A", "Alpha");
        await AnnounceAsync(epoch: 1, takes: false, feeds: true);
        await Database.ExecuteAsync("UPDATE station_list SET title = 'x'");
        await AnnounceAsync(epoch: 2);
        await Database.ExecuteAsync("UPDATE station_list SET title = 'y'");

        Assert.Equal(0, (await ReadAsync(after: 0, limit: 10)).Waiting);
        Assert.Empty((await ReadAsync(after: 0, limit: 10)).Items);

        await AnnounceAsync(epoch: 3, takes: false, feeds: true);
        await Database.ExecuteAsync("UPDATE station_list SET title = 'z'");
        Assert.Single((await ReadAsync(after: 0, limit: 10)).Items);
    }

    [Fact]
    public async Task A_position_of_a_feed_that_was_removed_counts_as_the_beginning()
    {
        await GiveStationAsync("A", "Alpha");
        await AnnounceAsync(epoch: 1, takes: false, feeds: true);
        await Database.ExecuteAsync("UPDATE station_list SET title = 'x'; UPDATE station_list SET title = 'y'");
        var old = (await ReadAsync(after: 0, limit: 10)).Position;
        await RemoveAsync(epoch: 2);
        Assert.Equal(new ChangePage([], old, 0).Position, (await ReadAsync(old, limit: 10)).Position);
        await AnnounceAsync(epoch: 3, takes: false, feeds: true);
        await Database.ExecuteAsync("UPDATE station_list SET title = 'z'");

        var page = await ReadAsync(old, limit: 10);

        Assert.Single(page.Items);
        Assert.True(page.Position < old, $"{page.Position} < {old}");
        Assert.Empty((await ReadAsync(page.Position, limit: 10)).Items);
    }

    protected Task<ChangePage> ReadAsync(long after, int limit) => Bridge.Ledger.ReadChangesAsync("stations", after, limit);
}

public sealed class SqliteChangeFeedTests : ChangeFeedTests
{
    protected override async Task<MonolithDatabaseUnderTest> CreateDatabaseAsync() => await SqliteUnderTest.CreateAsync();
}

public sealed class PostgreSqlChangeFeedTests(PostgreSqlFixture server) : ChangeFeedTests
{
    protected override async Task<MonolithDatabaseUnderTest> CreateDatabaseAsync() => await PostgreSqlUnderTest.CreateAsync(server);

    [Fact]
    public async Task What_is_committed_late_is_handed_out_late_and_not_passed_by()
    {
        await GiveStationAsync("A", "Alpha");
        await GiveStationAsync("B", "Bravo");
        await AnnounceAsync(epoch: 1, takes: false, feeds: true);
        await using var late = await Database.ConnectAsync();
        await late.ExecuteAsync("BEGIN; UPDATE station_list SET title = 'late' WHERE code = 'A'");
        await Database.ExecuteAsync("UPDATE station_list SET title = 'early' WHERE code = 'B'");

        var early = await ReadAsync(after: 0, limit: 10);
        await late.ExecuteAsync("COMMIT");
        var rest = await ReadAsync(early.Position, limit: 10);

        Assert.Equal("B", Assert.Single(early.Items).Id);
        Assert.Equal("A", Assert.Single(rest.Items).Id);
    }

    [Fact]
    public async Task Two_readers_and_many_writers_miss_nothing()
    {
        for (var number = 0; number < 8; number++)
        {
            await GiveStationAsync($"S{number}", $"Station {number}");
        }

        await AnnounceAsync(epoch: 1, takes: false, feeds: true);
        var writers = Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            await using var monolith = await Database.ConnectAsync();
            for (var number = 0; number < 25; number++)
            {
                await monolith.ExecuteAsync($"UPDATE station_list SET title = '{writer} {number}' WHERE code = 'S{writer}'");
            }
        })));
        var seen = new List<string>();
        var position = 0L;
        while (seen.Count < 200)
        {
            // The other reads from the same position, as one does whose answer was lost.
            var pages = await Task.WhenAll(ReadAsync(position, limit: 7), ReadAsync(position, limit: 7));
            seen.AddRange(pages[0].Items.Select(item => item.Id));
            position = pages[0].Position;
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        await writers;
        Assert.All(seen.CountBy(id => id), pair => Assert.Equal(25, pair.Value));
    }
}
