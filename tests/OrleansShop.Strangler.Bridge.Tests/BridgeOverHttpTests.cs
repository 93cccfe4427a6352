using System.Net;
using Dapper;
using Microsoft.Data.Sqlite;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Rows;
using Xunit;

namespace OrleansShop.Strangler.Bridge.Tests;

public sealed class BridgeOverHttpTests
{
    private static readonly EntityManifest Book = new("library", "book", "books", "id", [], ["shelf"], []);

    [Fact]
    public async Task What_is_applied_is_read_back_the_same()
    {
        await using var running = await RunningBridge.StartAsync();
        var bridge = running.Bridge();
        var ids = await bridge.AllocateIdsAsync("library", "book", 3);
        var rows = ids.Select(id => BookRows(id, $"Ünïcode № {id}", "Stanisław", "村上")).ToList();

        await bridge.ApplyAsync([.. rows.Select(book => EntityChange.Upsert("library", book, epoch: 0) with { Owner = EntityOwner.Monolith })]);
        await bridge.ApplyAsync([EntityChange.Delete("library", "book", rows[1].Id, version: 2, epoch: 0) with { Owner = EntityOwner.Monolith }]);

        Assert.Equal([1L, 2, 3], ids);
        Assert.Equal(rows[0] with { Version = 0 }, await bridge.ReadEntityAsync(Book, "1"));
        Assert.Null(await bridge.ReadEntityAsync(Book, "2"));
        Assert.Equal(["1", "3"], await IdsAsync(bridge.ReadAllAsync(Book)));
    }

    [Fact]
    public async Task References_are_read_however_many_there_are()
    {
        await using var running = await RunningBridge.StartAsync();
        var bridge = running.Bridge();
        foreach (var chunk in Enumerable.Range(1, 1200).Chunk(EntityChange.MaxBatch))
        {
            await bridge.ApplyAsync([.. chunk.Select(id => EntityChange.Upsert("library", BookRows(id, $"Book {id}"), epoch: 0) with { Owner = EntityOwner.Monolith })]);
        }

        var found = await IdsAsync(bridge.ReadByReferenceAsync(Book, "shelf", Enumerable.Range(1, 1200).Select(id => $"shelf {id}").Append("shelf 1")));

        Assert.Equal(1200, found.Count);
        Assert.Equal(1200, found.Distinct().Count());
    }

    [Fact]
    public async Task A_user_comes_with_roles_and_a_missing_one_is_null()
    {
        await using var running = await RunningBridge.StartAsync();

        var admin = await running.Bridge().GetUserAsync("admin");

        Assert.Equal(("admin", "hash", true), (admin!.Username, admin.PasswordHash, admin.Enabled));
        Assert.Equal(["ADMIN"], admin.Roles);
        Assert.Null(await running.Bridge().GetUserAsync("nobody"));
    }

    [Fact]
    public async Task Refusals_arrive_with_their_reason()
    {
        await using var running = await RunningBridge.StartAsync();
        var bridge = running.Bridge();
        var reader = new EntityRows("reader", "Jo", 1, Row.Of(("name", "Jo"), ("book", 404)));

        Assert.Equal(BridgeRefusal.ForeignKey, await ReasonAsync(() => bridge.ApplyAsync([EntityChange.Upsert("library", reader, epoch: 0) with { Owner = EntityOwner.Monolith }])));
        Assert.Equal(BridgeRefusal.Constraint, await ReasonAsync(() => bridge.ApplyAsync(
            [EntityChange.Upsert("library", BookRows(1, "Twice"), epoch: 0) with { Owner = EntityOwner.Monolith }, EntityChange.Upsert("library", BookRows(2, "Twice"), epoch: 0) with { Owner = EntityOwner.Monolith }])));
        Assert.Equal(BridgeRefusal.NoSequence, await ReasonAsync(() => bridge.AllocateIdsAsync("library", "reader", 1)));
        Assert.Equal(BridgeRefusal.Invalid, await ReasonAsync(() => bridge.ReadAsync(new RowQuery("library", "film"))));
        Assert.Equal(BridgeRefusal.Invalid, await ReasonAsync(() => bridge.ApplyAsync([])));
    }

    [Fact]
    public async Task Without_the_key_nothing_is_read()
    {
        await using var running = await RunningBridge.StartAsync(args: "--Bridge:Key=sesame");

        Assert.Equal(BridgeRefusal.Unauthorized, await ReasonAsync(() => running.Bridge().GetUserAsync("admin")));
        Assert.Equal(BridgeRefusal.Unauthorized, await ReasonAsync(() => running.Bridge("sesamE").GetUserAsync("admin")));
        Assert.NotNull(await running.Bridge("sesame").GetUserAsync("admin"));
        Assert.Equal(HttpStatusCode.OK, (await running.Client().GetAsync("/health/live")).StatusCode);
    }

    [Fact]
    public async Task A_locked_database_is_unavailable_and_says_when_to_come_back()
    {
        await using var running = await RunningBridge.StartAsync();
        await running.Bridge().ReadAsync(new RowQuery("library", "book"));
        await using var monolith = new SqliteConnection($"Data Source={running.Database};Pooling=False");
        await monolith.OpenAsync();
        await monolith.ExecuteAsync("BEGIN IMMEDIATE");

        var unavailable = await Assert.ThrowsAsync<BridgeUnavailableException>(() => running.Bridge().AllocateIdsAsync("library", "book", 1));

        Assert.Equal(TimeSpan.FromSeconds(1), unavailable.RetryAfter);
        await monolith.ExecuteAsync("ROLLBACK");
        Assert.Equal([1L], await running.Bridge().AllocateIdsAsync("library", "book", 1));
    }

    [Fact]
    public async Task A_bridge_that_is_gone_is_unavailable()
    {
        var running = await RunningBridge.StartAsync();
        var bridge = running.Bridge();
        await running.Application.StopAsync();

        await Assert.ThrowsAsync<BridgeUnavailableException>(() => bridge.ReadAsync(new RowQuery("library", "book")));
        await running.DisposeAsync();
    }

    [Fact]
    public async Task A_caller_that_gives_up_gets_its_own_cancellation()
    {
        await using var running = await RunningBridge.StartAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.Bridge().ReadAsync(new RowQuery("library", "book"), new CancellationToken(canceled: true)));
    }

    private static EntityRows BookRows(long id, string title, params string[] authors) => new(
        "book", $"{id}", 1, Row.Of(("id", id), ("title", title), ("shelf", $"shelf {id}")),
        new Dictionary<string, IReadOnlyList<Row>> { ["authors"] = [.. authors.Select(name => Row.Of(("book", id), ("name", name)))] });

    private static async Task<BridgeRefusal> ReasonAsync(Func<Task> call) => (await Assert.ThrowsAsync<BridgeRefusedException>(call)).Reason;

    private static async Task<List<string>> IdsAsync(IAsyncEnumerable<EntityRows> entities)
    {
        var ids = new List<string>();
        await foreach (var entity in entities)
        {
            ids.Add(entity.Id);
        }

        return ids;
    }
}
