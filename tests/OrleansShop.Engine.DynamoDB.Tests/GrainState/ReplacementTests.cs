using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Orleans.Configuration;
using Orleans.Storage;
using OrleansShop.Engine.Storage;
using OrleansShop.Testing.DynamoDB;
using OrleansShop.Testing.Faults;
using OrleansShop.Testing.Time;
using Xunit;

namespace OrleansShop.Engine.DynamoDB.Tests.GrainState;

/// <summary>With which calls a state is written that is there and has a fence.</summary>
public sealed class ReplacementTests(DynamoDBFixture fixture) : IAsyncLifetime
{
    private static readonly GrainId s_grain = GrainId.Create("note", "1");
    private static readonly Fence s_fence = new(3, 0) { History = "now" };

    private readonly ManualTimeProvider _time = new();
    private FaultProxy _proxy = null!;
    private StorageTable _table = null!;

    public async ValueTask InitializeAsync()
    {
        _table = new StorageTable(await fixture.EndpointAsync(), "replaced");
        _proxy = await FaultProxy.StartAsync(await fixture.EndpointAsync());
    }

    [Fact]
    public async Task A_state_that_is_there_is_written_and_cleared_with_one_put_each()
    {
        var storage = await OpenAsync();
        var state = await ReadAsync(storage);
        await WriteAsync(storage, state, "created");
        await WriteAsync(storage, state, "plain");
        Assert.Equal(["ETag", "Fence", "FenceHistory", "GrainReference", "GrainState", "GrainType", "WriteToken"], (await ItemAsync()).Keys.Order(StringComparer.Ordinal));

        await WriteAsync(storage, state, new string('x', 500_000));
        Assert.Equal("br@2", (await ItemAsync())["GrainStateEncoding"].S);
        Assert.Equal(500_000, (await ReadAsync(storage)).State!.Length);
        await WriteAsync(storage, state, "plain again");
        Assert.DoesNotContain("GrainStateEncoding", (await ItemAsync()).Keys);
        await storage.ClearStateAsync("state", s_grain, state, s_fence, default);

        var item = await ItemAsync();
        Assert.Equal((true, "4", "3", "now"), (item["GrainState"].NULL, item["ETag"].N, item["Fence"].N, item["FenceHistory"].S));
        Assert.Equal((4, 0), (CallsOf("PutItem"), CallsOf("UpdateItem")));
    }

    [Fact]
    public async Task A_state_without_a_fence_is_updated_once_and_then_put()
    {
        var storage = await OpenAsync();
        await storage.WriteStateAsync("state", s_grain, new GrainState<string>("of somebody without a fence"), default);
        var before = (Puts: CallsOf("PutItem"), Updates: CallsOf("UpdateItem"));

        var state = await ReadAsync(storage);
        await WriteAsync(storage, state, "with");
        Assert.Equal(("3", "now", "1"), ((await ItemAsync())["Fence"].N, (await ItemAsync())["FenceHistory"].S, (await ItemAsync())["ETag"].N));
        await WriteAsync(storage, state, "again");

        Assert.Equal((2, 1), (CallsOf("PutItem") - before.Puts, CallsOf("UpdateItem") - before.Updates));
        Assert.Equal("again", (await ReadAsync(storage)).State);
    }

    [Fact]
    public async Task A_put_begins_the_time_to_live_anew_and_does_not_bring_back_what_is_over()
    {
        var storage = await OpenAsync(options => options.TimeToLive = TimeSpan.FromMinutes(10));
        var state = await ReadAsync(storage);
        await WriteAsync(storage, state, "created");
        _time.Advance(TimeSpan.FromMinutes(9));
        await WriteAsync(storage, state, "later");

        Assert.Equal((_time.GetUtcNow().ToUnixTimeSeconds() + 600).ToString(CultureInfo.InvariantCulture), (await ItemAsync())["GrainTtl"].N);
        Assert.Equal((1, 0), (CallsOf("PutItem"), CallsOf("UpdateItem")));
        _time.Advance(TimeSpan.FromMinutes(10));
        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(storage, state, "too late"));
    }

    [Fact]
    public async Task A_time_to_live_that_is_over_is_seen_by_who_sets_none()
    {
        var expiring = await OpenAsync(options => options.TimeToLive = TimeSpan.FromMinutes(10));
        await WriteAsync(expiring, await ReadAsync(expiring), "for a time");
        var lasting = await OpenAsync();
        var state = await ReadAsync(lasting);
        _time.Advance(TimeSpan.FromMinutes(9));
        await WriteAsync(lasting, state, "for ever");
        Assert.DoesNotContain("GrainTtl", (await ItemAsync()).Keys);

        var again = await ReadAsync(expiring);
        await WriteAsync(expiring, again, "for a time");
        state = await ReadAsync(lasting);
        _time.Advance(TimeSpan.FromMinutes(10));
        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(lasting, state, "too late"));
    }

    [Fact]
    public async Task Who_is_overtaken_or_late_loses_and_learns_what_is_stored()
    {
        // Lost answers are waited for.
        var storage = await OpenAsync(time: TimeProvider.System);
        var state = await ReadAsync(storage);
        await WriteAsync(storage, state, "created");
        var late = await ReadAsync(storage);
        await WriteAsync(storage, state, "newer");

        _proxy.LoseAnswerOf("PutItem");
        var lost = await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(storage, late, "late"));
        Assert.Equal(("1", "0"), (lost.StoredEtag, lost.CurrentEtag));

        await storage.ReadStateAsync("state", s_grain, new GrainState<string>(), new Fence(8, 7) { History = "now" }, default);
        var overtaken = await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(storage, state, "overtaken"));
        Assert.Contains("fence 8", overtaken.Message, StringComparison.Ordinal);
        Assert.Equal("newer", (await ReadAsync(storage)).State);
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _table.DisposeAsync();
    }

    private async Task<IFencedGrainStorage> OpenAsync(Action<DynamoDBStorageOptions>? configure = null, TimeProvider? time = null) =>
        await _table.OpenAsync(configure, time ?? _time, _proxy.Endpoint);

    private static async Task<GrainState<string>> ReadAsync(IFencedGrainStorage storage)
    {
        var state = new GrainState<string>();
        await storage.ReadStateAsync("state", s_grain, state, s_fence, default);
        return state;
    }

    private static Task WriteAsync(IFencedGrainStorage storage, GrainState<string> state, string text)
    {
        state.State = text;
        return storage.WriteStateAsync("state", s_grain, state, s_fence, default);
    }

    private int CallsOf(string operation) => _proxy.Calls.GetValueOrDefault(operation);

    private async Task<Dictionary<string, AttributeValue>> ItemAsync() => (await _table.Client.GetItemAsync(new GetItemRequest
    {
        TableName = _table.Name,
        Key = new() { ["GrainReference"] = new("service_note/1"), ["GrainType"] = new("state") },
        ConsistentRead = true,
    })).Item;
}
