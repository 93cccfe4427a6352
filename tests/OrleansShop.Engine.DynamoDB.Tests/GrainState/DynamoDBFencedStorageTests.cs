using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Orleans.Storage;
using OrleansShop.Engine.Storage;
using OrleansShop.Engine.Tests.Storage;
using OrleansShop.Testing.DynamoDB;
using OrleansShop.Testing.Faults;
using OrleansShop.Testing.Time;
using Xunit;

namespace OrleansShop.Engine.DynamoDB.Tests.GrainState;

public sealed class DynamoDBFencedStorageTests(DynamoDBFixture fixture) : FencedStorageContract
{
    private readonly ManualTimeProvider _time = new();
    private StorageTable _table = null!;

    public override async ValueTask InitializeAsync()
    {
        _table = new StorageTable(await fixture.EndpointAsync(), "fenced");
        await base.InitializeAsync();
    }

    [Fact]
    public async Task A_fence_is_two_attributes_of_the_states_item_and_raising_it_changes_nothing_else()
    {
        var state = await ReadAsync(Of(3, 0));
        await WriteAsync(state, Of(3, 0));
        var before = await ItemAsync("state");
        Assert.Equal(("3", "now", "0"), (before["Fence"].N, before["FenceHistory"].S, before["ETag"].N));

        await ReadAsync(Of(8, 7));

        var after = await ItemAsync("state");
        Assert.Equal("8", after["Fence"].N);
        Assert.Equal(before.Keys.Order(StringComparer.Ordinal), after.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(before["ETag"].N, after["ETag"].N);
        Assert.Equal(before["WriteToken"].B.ToArray(), after["WriteToken"].B.ToArray());
        Assert.Equal(before["GrainState"].B.ToArray(), after["GrainState"].B.ToArray());
    }

    [Fact]
    public async Task Where_nobody_has_died_nothing_is_stored_on_reads()
    {
        await ReadAsync(Of(3, 0));

        Assert.Empty((await _table.Client.ScanAsync(new ScanRequest(_table.Name))).Items);
    }

    [Fact]
    public async Task The_fence_of_a_state_that_is_not_there_is_an_item_of_its_own_for_a_day()
    {
        await ReadAsync(Of(8, 7), await OpenAsync(static _ => { }, _time));

        Assert.Empty(await ItemAsync("state"));
        var item = await ItemAsync("#fence/state");
        var until = (_time.GetUtcNow().ToUnixTimeSeconds() + 86_400).ToString(CultureInfo.InvariantCulture);
        Assert.Equal(("8", "now", until), (item["Fence"].N, item["FenceHistory"].S, item["GrainTtl"].N));
        var ttl = await _table.Client.DescribeTimeToLiveAsync(new DescribeTimeToLiveRequest { TableName = _table.Name });
        Assert.Equal("GrainTtl", ttl.TimeToLiveDescription.AttributeName);
    }

    [Fact]
    public async Task A_deleted_state_leaves_the_fence_alone()
    {
        var storage = await OpenAsync(deleteStateOnClear: true);
        var state = await ReadAsync(Of(3, 0), storage);
        await storage.WriteStateAsync("state", Counter, state, Of(3, 0), default);
        await storage.ClearStateAsync("state", Counter, state, Of(4, 0), default);

        Assert.Empty(await ItemAsync("state"));
        Assert.Equal("4", (await ItemAsync("#fence/state"))["Fence"].N);
    }

    [Fact]
    public async Task What_the_official_engine_writes_over_a_state_is_taken_and_its_item_without_a_fence_gets_one()
    {
        var state = await ReadAsync(Of(3, 0));
        await WriteAsync(state, Of(3, 0));

        // A change of the item keeps what it does not name; a deletion and a new item do not.
        await _table.Client.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = _table.Name,
            Key = Key("state"),
            UpdateExpression = "SET GrainState = :state, ETag = :etag",
            ExpressionAttributeValues = new() { [":state"] = new() { B = new MemoryStream("""{"Value":5}"""u8.ToArray()) }, [":etag"] = new() { N = "1" } },
        });
        var changed = await ReadAsync(Of(4, 0));
        Assert.Equal((5, "1"), (changed.State!.Value, changed.ETag));
        await _table.Client.PutItemAsync(_table.Name, new(Key("state")) { ["GrainState"] = new() { B = new MemoryStream("""{"Value":6}"""u8.ToArray()) }, ["ETag"] = new() { N = "7" } });

        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(changed, Of(4, 0)));
        var replaced = await ReadAsync(Of(9, 8));
        Assert.Equal((6, "7", "9"), (replaced.State!.Value, replaced.ETag, (await ItemAsync("state"))["Fence"].N));
        await WriteAsync(replaced, Of(9, 8));
    }

    [Fact]
    public async Task A_state_whose_time_is_over_has_the_fence_of_one_that_is_not_there()
    {
        var storage = await OpenAsync(options => options.TimeToLive = TimeSpan.FromMinutes(10), _time);
        var old = await ReadAsync(Of(3, 0), storage);
        await storage.WriteStateAsync("state", Counter, await ReadAsync(Of(3, 0), storage), Of(3, 0), default);
        _time.Advance(TimeSpan.FromMinutes(10));

        var next = await ReadAsync(Of(8, 7), storage);
        Assert.False(next.RecordExists);
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("state", Counter, old, Of(3, 0), default));
        await storage.WriteStateAsync("state", Counter, next, Of(8, 7), default);
    }

    [Fact]
    public async Task Names_at_the_limit_of_keys_have_fences_and_those_of_fences_are_refused()
    {
        var name = new string('s', 1024);
        var state = new GrainState<Count>();
        await Storage.ReadStateAsync(name, Counter, state, Of(8, 7), default);
        await Storage.WriteStateAsync(name, Counter, state, Of(8, 7), default);
        Assert.Equal(2, (await _table.Client.ScanAsync(new ScanRequest(_table.Name))).Count);

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => Storage.ReadStateAsync("#fence/state", Counter, state, CancellationToken.None));
        Assert.Contains("#fence/", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_done_and_not_answered_is_done_once(bool deleteStateOnClear)
    {
        await using var proxy = await FaultProxy.StartAsync(await fixture.EndpointAsync());
        var storage = await _table.OpenAsync(options => options.DeleteStateOnClear = deleteStateOnClear, through: proxy.Endpoint);

        proxy.LoseAnswerOf("UpdateItem");
        var state = await ReadAsync(Of(8, 7), storage);
        proxy.LoseAnswerOf("TransactWriteItems");
        await Write();
        proxy.LoseAnswerOf("PutItem");
        await Write();
        proxy.LoseAnswerOf("UpdateItem");
        state = await ReadAsync(Of(12, 11), storage);
        Assert.Equal(2, state.State!.Value);
        proxy.LoseAnswerOf(deleteStateOnClear ? "TransactWriteItems" : "PutItem");
        await ((IFencedGrainStorage)storage).ClearStateAsync("state", Counter, state, Of(12, 11), default);

        Assert.False((await ReadAsync(Of(12, 11))).RecordExists);
        Assert.Equal(5, proxy.Happened);

        Task Write()
        {
            state.State!.Value++;
            return ((IFencedGrainStorage)storage).WriteStateAsync("state", Counter, state, Of(8, 7), default);
        }
    }

    public override ValueTask DisposeAsync() => _table.DisposeAsync();

    private protected override async ValueTask<IFencedGrainStorage> OpenAsync(bool deleteStateOnClear) => await OpenAsync(options => options.DeleteStateOnClear = deleteStateOnClear);

    private async Task<IFencedGrainStorage> OpenAsync(Action<Orleans.Configuration.DynamoDBStorageOptions> configure, TimeProvider? time = null) =>
        await _table.OpenAsync(configure, time);

    private static Dictionary<string, AttributeValue> Key(string name) => new() { ["GrainReference"] = new("service_counter/1"), ["GrainType"] = new(name) };

    private async Task<Dictionary<string, AttributeValue>> ItemAsync(string name) =>
        (await _table.Client.GetItemAsync(new GetItemRequest { TableName = _table.Name, Key = Key(name), ConsistentRead = true })).Item ?? [];
}
