using Dapper;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Testing.PostgreSql;
using Xunit;

namespace OrleansShop.Strangler.Sql.Tests.Fencing;

public abstract class FenceInstallationTests : LedgerTests
{
    /// <summary>Everything that the database says of its own schema.</summary>
    protected abstract string Catalog { get; }

    protected abstract string DropTrigger { get; }

    [Fact]
    public async Task What_was_installed_is_removed_without_a_trace()
    {
        await GiveStationAsync("A", "Alpha");
        var before = await CatalogAsync();
        await AnnounceAsync(epoch: 1, takes: false, feeds: true);
        await Bridge.Ledger.AnnounceAsync(new CapabilityAnnouncement("pets", Epoch: 1, Fence: true, Takes: false, Feeds: false));
        Assert.NotEqual(before, await CatalogAsync());
        await Database.ExecuteAsync("UPDATE station_list SET title = 'x'");

        await RemoveAsync(epoch: 2);
        await Bridge.Ledger.AnnounceAsync(new CapabilityAnnouncement("pets", Epoch: 2, Fence: false, Takes: false, Feeds: false));

        Assert.Equal(before, await CatalogAsync());
        await RemoveAsync(epoch: 2);
        await Database.ExecuteAsync("UPDATE station_list SET title = 'y'");
    }

    [Fact]
    public async Task Nothing_is_removed_while_grains_own_an_entity_that_exists()
    {
        await GiveStationAsync("A", "Alpha");
        await AnnounceAsync(epoch: 1);
        await TakeAsync("A");

        var refused = await RefusedAsync(BridgeRefusal.StalePhase, () => RemoveAsync(epoch: 2));

        Assert.Contains("own 1 of its entities", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Database.ExecuteAsync("DELETE FROM platforms"));
        await ApplyAsync(Station("A", null, version: 1));
        await RemoveAsync(epoch: 2);
    }

    [Fact]
    public async Task Announcements_of_the_past_are_refused_and_the_same_one_again_changes_nothing()
    {
        await AnnounceAsync(epoch: 5);

        await RefusedAsync(BridgeRefusal.StalePhase, () => AnnounceAsync(epoch: 4));
        await RefusedAsync(BridgeRefusal.StalePhase, () => RemoveAsync(epoch: 4));
        await RefusedAsync(BridgeRefusal.StalePhase, () => AnnounceAsync(epoch: 5, takes: false));
        await RefusedAsync(BridgeRefusal.StalePhase, () => RemoveAsync(epoch: 5));

        await GiveStationAsync("A", "Alpha");
        await TakeAsync("A", capabilityEpoch: 5);
        var before = await CatalogAsync();
        await AnnounceAsync(epoch: 5);
        Assert.Equal(before, await CatalogAsync());
        Assert.Equal(EntityOwner.Grains, (await FindAsync("A"))!.Value.Owner);
    }

    [Fact]
    public async Task While_the_monolith_inserts_and_deletes_no_entity_stays_without_its_row_and_no_row_without_its_entity()
    {
        await using var other = NewBridge();
        for (var number = 0; number < 200; number++)
        {
            await Database.InsertTypeAsync($"early {number}");
        }

        var announcement = new CapabilityAnnouncement("pets", Epoch: 1, Fence: true, Takes: true, Feeds: false);
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 3).Select(writer => Task.Run(async () =>
        {
            await using var monolith = await Database.ConnectAsync();
            for (var number = 0; !stop.IsCancellationRequested; number++)
            {
                await monolith.ExecuteAsync($"INSERT INTO types (name) VALUES ('by {writer}')");
                await monolith.ExecuteAsync($"DELETE FROM types WHERE id = {(number * 3) + writer}");
            }
        })).ToList();
        await Task.WhenAll(UntilItSucceedsAsync(Bridge, announcement), UntilItSucceedsAsync(other, announcement));
        await stop.CancelAsync();
        await Task.WhenAll(writers);

        Assert.Equal(0, await Database.ScalarAsync<long>(
            "SELECT COUNT(*) FROM types LEFT JOIN strangler_ownership ON kind = 'pet-type' AND entity_id = CAST(id AS TEXT) WHERE entity_id IS NULL"));
        Assert.Equal(0, await Database.ScalarAsync<long>(
            "SELECT COUNT(*) FROM strangler_ownership LEFT JOIN types ON entity_id = CAST(id AS TEXT) WHERE kind = 'pet-type' AND id IS NULL"));
    }

    [Fact]
    public async Task A_trigger_that_somebody_dropped_comes_back_with_the_same_announcement()
    {
        await AnnounceAsync(epoch: 1);
        await Database.ExecuteAsync(DropTrigger);
        await Database.ExecuteAsync("INSERT INTO station_list (code, title) VALUES ('A', 'unnoticed')");
        Assert.Null(await FindAsync("A"));

        await AnnounceAsync(epoch: 1);

        Assert.Equal(LedgerEntry.Untouched, await FindAsync("A"));
        await TakeAsync("A");
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Database.ExecuteAsync("UPDATE station_list SET title = 'x'"));
    }

    [Theory]
    [InlineData("DROP TABLE signs")]
    [InlineData("ALTER TABLE signs RENAME COLUMN station TO place")]
    public async Task A_schema_that_has_drifted_is_refused_with_what_is_missing_and_nothing_is_done(string drift)
    {
        await Bridge.CheckSchemaAsync();
        await Database.ExecuteAsync(drift);
        var before = await CatalogAsync();

        var refused = await RefusedAsync(BridgeRefusal.Schema, () => AnnounceAsync(epoch: 1));

        Assert.Contains("Capabilities:stations:Entities:0:ChildTables:1", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await CatalogAsync());
    }

    [Fact]
    public async Task A_manifest_that_has_changed_since_the_installation_is_refused()
    {
        await GiveStationAsync("A", "Alpha");
        await AnnounceAsync(epoch: 1);
        await using var changed = new SqlMonolithBridge(
            TestManifest.Catalog(("Capabilities:pets:Entities:0:Table", "specialties"), ("Capabilities:vets:Entities:0:Table", "types"),
                ("Capabilities:stations:Entities:0:ChildTables:1:KeyColumn", "wording")), TestManifest.Users, Database.Options);

        var refused = await RefusedAsync(BridgeRefusal.Schema, () => changed.Ledger.AnnounceAsync(new CapabilityAnnouncement("stations", 2, Fence: true, Takes: true, Feeds: false)));

        Assert.Contains("signs(wording)", refused.Message, StringComparison.Ordinal);
        await RefusedAsync(BridgeRefusal.Schema, () => changed.Ledger.TakeAsync(new TakeRequest("stations", "station", "A", CapabilityEpoch: 1)));
        Assert.Equal(LedgerEntry.Untouched, await FindAsync("A"));
    }

    [Theory]
    [InlineData("ALTER TABLE station_list RENAME COLUMN title TO name", "title")]
    [InlineData("ALTER TABLE signs RENAME TO boards", "signs")]
    public async Task Tables_that_have_drifted_are_named_in_the_refusal_of_what_meets_them_and_nothing_changes(string drift, string named)
    {
        await GiveStationAsync("A", "Alpha");
        await GiveStationAsync("B", "Beta");
        await AnnounceAsync(epoch: 1);
        var taken = (await TakeAsync("A")).Entry;
        await Database.ExecuteAsync(drift);

        foreach (var refused in new[]
        {
            await RefusedAsync(BridgeRefusal.Schema, () => TakeAsync("B")),
            await RefusedAsync(BridgeRefusal.Schema, () => ApplyAsync(Station("A", "Alpha Central", version: 1))),
            await RefusedAsync(BridgeRefusal.Schema, () => Bridge.Ledger.ReturnAsync(Station("A", "Alpha Central", version: 1))),
        })
        {
            Assert.Contains(named, refused.Message, StringComparison.Ordinal);
            Assert.Contains("Nothing was changed", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(LedgerEntry.Untouched, await FindAsync("B"));
        Assert.Equal(taken, await FindAsync("A"));
    }

    protected async Task<List<string>> CatalogAsync()
    {
        await using var connection = await Database.ConnectAsync();
        return [.. await connection.QueryAsync<string>(Catalog)];
    }

    /// <summary>As a capability does: again, while the monolith's locks are in the way.</summary>
    private static async Task UntilItSucceedsAsync(SqlMonolithBridge bridge, CapabilityAnnouncement announcement)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await bridge.Ledger.AnnounceAsync(announcement);
                return;
            }
            catch (BridgeUnavailableException) when (attempt < 30)
            {
            }
        }
    }
}

public sealed class SqliteFenceInstallationTests : FenceInstallationTests
{
    protected override async Task<MonolithDatabaseUnderTest> CreateDatabaseAsync() => await SqliteUnderTest.CreateAsync();

    protected override string Catalog => "SELECT type || ' ' || name || ' ' || COALESCE(sql, '') FROM sqlite_schema ORDER BY 1";

    protected override string DropTrigger => "DROP TRIGGER strangler_station_list_insert";
}

public sealed class PostgreSqlFenceInstallationTests(PostgreSqlFixture server) : FenceInstallationTests
{
    protected override async Task<MonolithDatabaseUnderTest> CreateDatabaseAsync() => await PostgreSqlUnderTest.CreateAsync(server);

    protected override string Catalog => """
        SELECT 'relation ' || relname || ' ' || relkind::text FROM pg_class WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT 'function ' || proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        UNION ALL SELECT 'trigger ' || tgrelid::regclass::text || ' ' || tgname FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT 'constraint ' || conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT 'type ' || typname FROM pg_type WHERE typnamespace = 'public'::regnamespace
        ORDER BY 1
        """;

    protected override string DropTrigger => "DROP TRIGGER strangler_fence ON station_list";

    [Fact]
    public async Task A_removal_that_waits_for_the_monolith_in_a_circle_gives_way()
    {
        await AnnounceAsync(epoch: 1);
        await using var first = await Database.ConnectAsync();
        await using var second = await Database.ConnectAsync();
        await using var reading = await first.BeginTransactionAsync();
        await using var holding = await second.BeginTransactionAsync();
        await first.ExecuteAsync("SELECT COUNT(*) FROM signs", transaction: reading);
        await second.ExecuteAsync("SELECT COUNT(*) FROM platforms", transaction: holding);

        // It has station_list, waits for platforms first and for signs then, and the reader waits for station_list.
        var removal = RemoveAsync(epoch: 2);
        await Task.Delay(150, TestContext.Current.CancellationToken);
        var read = first.QuerySingleAsync<long>("SELECT COUNT(*) FROM station_list", transaction: reading);
        await Task.Delay(150, TestContext.Current.CancellationToken);
        await holding.CommitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, await read);
        await reading.CommitAsync(TestContext.Current.CancellationToken);
        try
        {
            await removal;
        }
        catch (BridgeUnavailableException)
        {
            await RemoveAsync(epoch: 2);
        }
    }
}
