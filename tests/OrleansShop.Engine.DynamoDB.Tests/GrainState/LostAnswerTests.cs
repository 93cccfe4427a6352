using Orleans.Storage;
using OrleansShop.Testing.DynamoDB;
using OrleansShop.Testing.Faults;
using OrleansShop.Testing.GrainState;
using Xunit;

namespace OrleansShop.Engine.DynamoDB.Tests.GrainState;

/// <summary>DynamoDB does what it is asked, and the answer is lost; or it does not for a while.</summary>
public sealed class LostAnswerTests(DynamoDBFixture fixture) : IAsyncLifetime
{
    private static readonly GrainId Somebody = GrainId.Create("person", "1F");

    private readonly string _table = DynamoDBFixture.NewTableName("lost");
    private FaultProxy _proxy = null!;

    public async ValueTask InitializeAsync() => _proxy = await FaultProxy.StartAsync(await fixture.EndpointAsync());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_write_and_a_clear_are_done_once(bool deleteStateOnClear)
    {
        var storage = await OpenAsync(deleteStateOnClear);
        var state = new GrainState<Person>(new Person { Name = "one" });

        _proxy.LoseAnswerOf("UpdateItem");
        await storage.WriteStateAsync("state", Somebody, state);
        var first = long.Parse(state.ETag!);
        Assert.Equal(state.ETag, (await ReadAsync(storage)).ETag);

        state.State!.Name = "two";
        _proxy.LoseAnswerOf("UpdateItem");
        await storage.WriteStateAsync("state", Somebody, state);
        var read = await ReadAsync(storage);
        Assert.Equal(("two", $"{first + 1}", state.ETag), (read.State!.Name, read.ETag, read.ETag));

        _proxy.LoseAnswerOf(deleteStateOnClear ? "DeleteItem" : "UpdateItem");
        await storage.ClearStateAsync("state", Somebody, state);
        read = await ReadAsync(storage);
        Assert.Equal((false, deleteStateOnClear ? null : $"{first + 2}"), (read.RecordExists, read.ETag));
        Assert.Equal(3, _proxy.Happened);
    }

    [Fact]
    public async Task A_write_that_lost_says_so_after_a_lost_answer_too()
    {
        var storage = await OpenAsync();
        var state = new GrainState<Person>(new Person());
        await storage.WriteStateAsync("state", Somebody, state);
        var late = await ReadAsync(storage);
        await storage.WriteStateAsync("state", Somebody, state);

        _proxy.LoseAnswerOf("UpdateItem");
        var lost = await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("state", Somebody, late));

        Assert.Equal((state.ETag, late.ETag), (lost.StoredEtag, lost.CurrentEtag));
    }

    [Fact]
    public async Task What_is_throttled_or_fails_is_done_later()
    {
        var storage = await OpenAsync();
        var state = new GrainState<Person>(new Person { Name = "late" });

        _proxy.Throttle("UpdateItem", times: 4);
        _proxy.Fail("UpdateItem");
        await storage.WriteStateAsync("state", Somebody, state);
        _proxy.Throttle("GetItem", times: 2);
        _proxy.Fail("GetItem");
        _proxy.LoseAnswerOf("GetItem");
        var read = await ReadAsync(storage);

        Assert.Equal(("late", "0"), (read.State!.Name, read.ETag));
        Assert.Equal(9, _proxy.Happened);
    }

    [Fact]
    public async Task A_table_is_created_once_when_the_answer_is_lost()
    {
        _proxy.LoseAnswerOf("CreateTable");
        _proxy.Throttle("DescribeTable", times: 2);

        await OpenAsync();

        Assert.Equal(3, _proxy.Happened);
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        using var client = DynamoDBSettings.Client(await fixture.EndpointAsync());
        await client.DeleteTableAsync(_table);
    }

    private Task<DynamoDBGrainStorage> OpenAsync(bool deleteStateOnClear = false) =>
        DynamoDBSettings.OpenAsync(_proxy.Endpoint, _table, options => options.DeleteStateOnClear = deleteStateOnClear);

    private static async Task<GrainState<Person>> ReadAsync(DynamoDBGrainStorage storage)
    {
        var read = new GrainState<Person>();
        await storage.ReadStateAsync("state", Somebody, read);
        return read;
    }
}
