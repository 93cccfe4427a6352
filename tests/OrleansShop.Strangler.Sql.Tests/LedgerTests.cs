using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Rows;
using Xunit;

namespace OrleansShop.Strangler.Sql.Tests;

/// <summary>A database, a bridge, and the words of tests about stations, whose ids are texts and which have child tables.</summary>
public abstract class LedgerTests : IAsyncLifetime
{
    private long _epoch;

    protected MonolithDatabaseUnderTest Database { get; private set; } = null!;

    protected SqlMonolithBridge Bridge { get; private set; } = null!;

    protected abstract Task<MonolithDatabaseUnderTest> CreateDatabaseAsync();

    public async ValueTask InitializeAsync()
    {
        Database = await CreateDatabaseAsync();
        Bridge = NewBridge();
    }

    public async ValueTask DisposeAsync()
    {
        await Bridge.DisposeAsync();
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected SqlMonolithBridge NewBridge() => new(TestManifest.Catalog(), TestManifest.Users, Database.Options);

    protected Task AnnounceAsync(long epoch, bool takes = true, bool feeds = false)
    {
        _epoch = epoch;
        return Bridge.Ledger.AnnounceAsync(new CapabilityAnnouncement("stations", epoch, Fence: true, takes, feeds));
    }

    protected Task RemoveAsync(long epoch) =>
        Bridge.Ledger.AnnounceAsync(new CapabilityAnnouncement("stations", epoch, Fence: false, Takes: false, Feeds: false));

    protected Task<TakenEntity> TakeAsync(string code, long? capabilityEpoch = null) =>
        Bridge.Ledger.TakeAsync(Request(code) with { CapabilityEpoch = capabilityEpoch ?? _epoch });

    protected TakeRequest Request(string code) => new("stations", "station", code, _epoch);

    protected Task ApplyAsync(EntityChange change) => Bridge.ApplyAsync([change]);

    protected Task<LedgerEntry?> FindAsync(string code) => Bridge.Ledger.FindAsync("stations", "station", code);

    protected Task GiveStationAsync(string code, string title) => Database.ExecuteAsync(
        $"INSERT INTO station_list (code, title) VALUES ('{code}', '{title}'); INSERT INTO platforms (station, number) VALUES ('{code}', 1)");

    protected Task<string> TitleAsync(string code) => Database.ScalarAsync<string>($"SELECT title FROM station_list WHERE code = '{code}'");

    protected static EntityChange Station(string code, string? title, long version, long epoch = 1) => new(
        "stations", "station", code, epoch, version, title is null ? null : Row.Of(("code", code), ("title", title)));

    protected static async Task<BridgeRefusedException> RefusedAsync(BridgeRefusal reason, Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<BridgeRefusedException>(call);
        Assert.True(reason == refused.Reason, $"{refused.Reason}: {refused.Message}");
        return refused;
    }
}
