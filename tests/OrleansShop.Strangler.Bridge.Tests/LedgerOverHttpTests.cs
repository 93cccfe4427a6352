using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Rows;
using Xunit;

namespace OrleansShop.Strangler.Bridge.Tests;

public sealed class LedgerOverHttpTests
{
    [Fact]
    public async Task A_book_goes_to_the_grains_is_written_there_and_comes_back()
    {
        await using var running = await RunningBridge.StartAsync();
        var (bridge, ledger) = (running.Bridge(), running.Ledger());
        await MonolithAsync(running, "INSERT INTO books (title, shelf) VALUES ('One', 's'), ('Two', 's'); INSERT INTO authors VALUES (1, 'Jo')");
        await ledger.AnnounceAsync(new CapabilityAnnouncement("library", Epoch: 1, Fence: true, Takes: true, Feeds: true));

        var taken = await ledger.TakeAsync(new TakeRequest("library", "book", "1", CapabilityEpoch: 1));
        await bridge.ApplyAsync([Book(1, "One, second edition", version: 1)]);
        var fenced = await Assert.ThrowsAsync<SqliteException>(() => MonolithAsync(running, "UPDATE books SET shelf = 'x'"));
        await MonolithAsync(running, "UPDATE books SET shelf = 'x' WHERE id = 2");

        Assert.Equal(new LedgerEntry(EntityOwner.Grains, 1, 0), taken.Entry);
        Assert.Equal(("One", "Jo"), (taken.Rows!.Row.Text("title"), taken.Rows.ChildrenIn("authors")[0].Text("name")));
        Assert.Contains("strangler: this book is owned by grains", fenced.Message, StringComparison.Ordinal);
        Assert.Equal(new LedgerEntry(EntityOwner.Grains, 1, 1), await ledger.FindAsync("library", "book", "1"));
        Assert.Null(await ledger.FindAsync("library", "book", "9"));
        Assert.Equal(new LedgerItem("1", new LedgerEntry(EntityOwner.Grains, 1, 1)), Assert.Single((await ledger.ListAsync(new LedgerQuery("library", "book", EntityOwner.Grains))).Items));
        Assert.Equal(new LedgerCounts(Monolith: 1, Grains: 1), await ledger.CountAsync("library"));
        var changes = await ledger.ReadChangesAsync("library", after: 0, limit: 10);
        Assert.Equal(("book", "2"), (changes.Items.Single().Kind, changes.Items.Single().Id));

        Assert.Equal(new LedgerEntry(EntityOwner.Monolith, 2, 2), await ledger.ReturnAsync(Book(1, "One, third edition", version: 2)));
        await ledger.AnnounceAsync(new CapabilityAnnouncement("library", Epoch: 2, Fence: false, Takes: false, Feeds: false));
        await MonolithAsync(running, "UPDATE books SET shelf = 'y'");
        Assert.Equal(0, await CountAsync(running, "SELECT COUNT(*) FROM sqlite_schema WHERE name LIKE 'strangler%'"));
    }

    [Fact]
    public async Task Refusals_arrive_with_their_reason()
    {
        await using var running = await RunningBridge.StartAsync();
        var (bridge, ledger) = (running.Bridge(), running.Ledger());
        await MonolithAsync(running, "INSERT INTO books (title) VALUES ('One'), ('Two')");
        await ledger.AnnounceAsync(new CapabilityAnnouncement("library", Epoch: 2, Fence: true, Takes: true, Feeds: false));
        await ledger.TakeAsync(new TakeRequest("library", "book", "1", CapabilityEpoch: 2));
        await bridge.ApplyAsync([Book(1, "Five", version: 5)]);

        Assert.Equal(BridgeRefusal.StalePhase, await ReasonAsync(() => ledger.TakeAsync(new TakeRequest("library", "book", "2", CapabilityEpoch: 1))));
        Assert.Equal(BridgeRefusal.StalePhase, await ReasonAsync(() => ledger.AnnounceAsync(new CapabilityAnnouncement("library", 1, Fence: true, Takes: true, Feeds: false))));
        Assert.Equal(BridgeRefusal.StaleVersion, await ReasonAsync(() => bridge.ApplyAsync([Book(1, "Four", version: 4)])));
        Assert.Equal(BridgeRefusal.NotOwner, await ReasonAsync(() => bridge.ApplyAsync([Book(2, "Four", version: 4)])));
        Assert.Equal(BridgeRefusal.NotOwner, await ReasonAsync(() => ledger.ReturnAsync(Book(2, "Four", version: 4))));
        Assert.Equal(BridgeRefusal.Invalid, await ReasonAsync(() => ledger.CountAsync("films")));
    }

    [Fact]
    public async Task Takes_that_come_together_get_an_answer_each()
    {
        const int books = 300;
        await using var running = await RunningBridge.StartAsync();
        var ledger = running.Ledger();
        await MonolithAsync(running, $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {books}) INSERT INTO books (title) SELECT 'Book ' || i FROM n");
        await MonolithAsync(running, "INSERT INTO readers (name, book) VALUES ('Jo', NULL)");
        await ledger.AnnounceAsync(new CapabilityAnnouncement("library", Epoch: 1, Fence: true, Takes: true, Feeds: false));

        var takes = Enumerable.Range(1, books + 1).Select(id => ledger.TakeAsync(new TakeRequest("library", "book", $"{id}", CapabilityEpoch: 1))).ToList();
        var reader = ledger.TakeAsync(new TakeRequest("library", "reader", "Jo", CapabilityEpoch: 1));
        var late = Enumerable.Range(1, 3).Select(id => ReasonAsync(() => ledger.TakeAsync(new TakeRequest("library", "book", $"{id}", CapabilityEpoch: 0)))).ToList();
        using var impatience = new CancellationTokenSource();
        var abandoned = ledger.TakeAsync(new TakeRequest("library", "book", "1", CapabilityEpoch: 1), impatience.Token);
        await impatience.CancelAsync();

        for (var id = 1; id <= books; id++)
        {
            var taken = await takes[id - 1];
            Assert.Equal((EntityOwner.Grains, $"Book {id}"), (taken.Entry!.Value.Owner, taken.Rows!.Row.Text("title")));
        }

        Assert.Equal(new TakenEntity(Entry: null, Rows: null), await takes[books]);
        Assert.Equal("Jo", (await reader).Rows!.Row.Text("name"));
        Assert.All(await Task.WhenAll(late), static reason => Assert.Equal(BridgeRefusal.StalePhase, reason));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned);
        Assert.Equal(new LedgerCounts(Monolith: 0, Grains: books + 1), await ledger.CountAsync("library"));
    }

    [Fact]
    public async Task Without_the_key_nothing_is_moved()
    {
        await using var running = await RunningBridge.StartAsync(args: "--Bridge:Key=sesame");
        await MonolithAsync(running, "INSERT INTO books (title) VALUES ('One')");
        var announcement = new CapabilityAnnouncement("library", 1, Fence: true, Takes: true, Feeds: false);

        Assert.Equal(BridgeRefusal.Unauthorized, await ReasonAsync(() => running.Ledger().AnnounceAsync(announcement)));
        await running.Ledger("sesame").AnnounceAsync(announcement);
        Assert.Equal(BridgeRefusal.Unauthorized, await ReasonAsync(() => running.Ledger().TakeAsync(new TakeRequest("library", "book", "1", 1))));
        Assert.Equal(new LedgerCounts(Monolith: 1, Grains: 0), await running.Ledger("sesame").CountAsync("library"));
    }

    [Fact]
    public void A_service_finds_the_ledger_beside_the_bridge()
    {
        using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddSingleton(TimeProvider.System)
            .AddMonolithBridge()
            .BuildServiceProvider();

        Assert.IsType<HttpOwnershipLedger>(services.GetRequiredService<IOwnershipLedger>());
    }

    private static EntityChange Book(long id, string title, long version) => new("library", "book", $"{id}", Epoch: 1, version, Row.Of(("id", id), ("title", title)));

    private static async Task MonolithAsync(RunningBridge running, string sql)
    {
        await using var monolith = new SqliteConnection($"Data Source={running.Database};Pooling=False");
        await monolith.OpenAsync();
        await monolith.ExecuteAsync(sql);
    }

    private static async Task<long> CountAsync(RunningBridge running, string sql)
    {
        await using var monolith = new SqliteConnection($"Data Source={running.Database};Pooling=False");
        await monolith.OpenAsync();
        return await monolith.ExecuteScalarAsync<long>(sql);
    }

    private static async Task<BridgeRefusal> ReasonAsync(Func<Task> call) => (await Assert.ThrowsAsync<BridgeRefusedException>(call)).Reason;
}
