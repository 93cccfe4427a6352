using System.Text;
using Amazon.DynamoDBv2.Model;
using Orleans.Configuration;
using Orleans.Storage;
using OrleansShop.Engine.DynamoDB.GrainState;
using OrleansShop.Testing.DynamoDB;
using OrleansShop.Testing.GrainState;
using OrleansShop.Testing.Time;
using Xunit;

namespace OrleansShop.Engine.DynamoDB.Tests.GrainState;

public sealed class DynamoDBGrainStorageTests(DynamoDBFixture fixture) : GrainStorageTests
{
    private readonly ManualTimeProvider _time = new();
    private StorageTable _table = null!;

    public override async ValueTask InitializeAsync()
    {
        _table = new StorageTable(await fixture.EndpointAsync(), "grains");
        await base.InitializeAsync();
    }

    [Fact]
    public async Task An_item_has_the_official_keys_and_attributes_and_a_token_of_ours()
    {
        var state = new GrainState<Person>(new Person { Name = "Zoë" });
        await Storage.WriteStateAsync("profile", Somebody, state);

        var item = await ItemAsync("profile");
        Assert.Equal(["ETag", "GrainReference", "GrainState", "GrainType", "WriteToken"], item.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("service_person/1F", item["GrainReference"].S);
        Assert.Equal("profile", item["GrainType"].S);
        Assert.Equal("""{"Name":"Zo\u00EB"}""", Encoding.UTF8.GetString(item["GrainState"].B.ToArray()));
        Assert.Equal("0", item["ETag"].N);

        await Storage.WriteStateAsync("profile", Somebody, state);
        Assert.Equal("1", (await ItemAsync("profile"))["ETag"].N);
    }

    [Fact]
    public async Task A_cleared_item_has_a_null_and_the_next_etag()
    {
        var state = new GrainState<Person>(new Person());
        await Storage.WriteStateAsync("state", Somebody, state);
        await Storage.ClearStateAsync("state", Somebody, state);

        var item = await ItemAsync();
        Assert.True(item["GrainState"].NULL);
        Assert.Equal("1", item["ETag"].N);
    }

    [Fact]
    public async Task A_deleted_state_leaves_no_item_and_its_etags_do_not_come_back()
    {
        var storage = await OpenAsync(options => options.DeleteStateOnClear = true);
        var late = new GrainState<Person>(new Person { Name = "late" });
        await storage.WriteStateAsync("state", Somebody, late);
        await storage.ClearStateAsync("state", Somebody, await ReadAsync(storage));
        Assert.Null((await _table.Client.GetItemAsync(_table.Name, Key())).Item);

        await storage.WriteStateAsync("state", Somebody, new GrainState<Person>(new Person { Name = "anew" }));

        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("state", Somebody, late));
        Assert.Equal("anew", (await ReadAsync(storage)).State!.Name);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_clear_by_who_read_nothing_loses_if_something_is_stored_by_now(bool deleteStateOnClear)
    {
        var storage = await OpenAsync(deleteStateOnClear);
        var nothing = await ReadAsync(storage);
        var state = new GrainState<Person>(new Person { Name = "kept" });
        await storage.WriteStateAsync("state", Somebody, state);

        var lost = await Assert.ThrowsAsync<InconsistentStateException>(() => storage.ClearStateAsync("state", Somebody, nothing));

        Assert.Equal((state.ETag, null), (lost.StoredEtag, lost.CurrentEtag));
        Assert.Equal("kept", (await ReadAsync(storage)).State!.Name);
    }

    [Fact]
    public async Task What_the_official_engine_stored_is_read_and_replaced()
    {
        await _table.Client.PutItemAsync(_table.Name, new(Key())
        {
            ["GrainState"] = new() { B = new MemoryStream("""{"Name":"Zoë"}"""u8.ToArray()) },
            ["ETag"] = new() { N = "41" },
        });

        var state = await ReadAsync(Storage);
        Assert.Equal(("Zoë", "41", true), (state.State!.Name, state.ETag, state.RecordExists));
        state.State.Name = "Zoe";
        await Storage.WriteStateAsync("state", Somebody, state);

        Assert.Equal("42", (await ItemAsync())["ETag"].N);
    }

    [Fact]
    public async Task What_the_official_engine_wrote_over_a_compressed_state_is_not_expanded()
    {
        await Storage.WriteStateAsync("state", Somebody, new GrainState<Person>(new Person { Name = new string('x', 500_000) }));
        await _table.Client.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = _table.Name,
            Key = Key(),
            UpdateExpression = "SET GrainState = :state, ETag = :etag",
            ExpressionAttributeValues = new() { [":state"] = new() { B = new MemoryStream("""{"Name":"plain"}"""u8.ToArray()) }, [":etag"] = new() { N = "1" } },
        });

        Assert.Equal("plain", (await ReadAsync(Storage)).State!.Name);
    }

    [Fact]
    public async Task A_state_that_does_not_fit_is_compressed_and_one_that_fits_again_is_not()
    {
        var large = string.Concat(Enumerable.Range(0, 150_000).Select(number => $"{number % 1000} "));
        var state = new GrainState<Person>(new Person { Name = large });
        await Storage.WriteStateAsync("state", Somebody, state);
        Assert.Equal("br@0", (await ItemAsync())["GrainStateEncoding"].S);
        Assert.Equal(large, (await ReadAsync(Storage)).State!.Name);

        state.State!.Name = "small";
        await Storage.WriteStateAsync("state", Somebody, state);
        Assert.False((await ItemAsync()).ContainsKey("GrainStateEncoding"));
        Assert.Equal("small", (await ReadAsync(Storage)).State!.Name);
    }

    [Fact]
    public async Task A_compressed_state_can_be_cleared()
    {
        var state = new GrainState<Person>(new Person { Name = new string('x', 500_000) });
        await Storage.WriteStateAsync("state", Somebody, state);
        await Storage.ClearStateAsync("state", Somebody, state);

        Assert.False((await ReadAsync(Storage)).RecordExists);
        Assert.False((await ItemAsync()).ContainsKey("GrainStateEncoding"));
    }

    [Fact]
    public async Task The_largest_state_that_is_stored_plain_fits_into_an_item_and_one_byte_more_is_compressed()
    {
        var storage = await OpenAsync(options => options.GrainStorageSerializer = new Bytes());
        var key = GrainStateKey.Of("service", Somebody, "state");
        var room = 400 * 1024 - 1024 - key.Bytes;

        await storage.WriteStateAsync("state", Somebody, new GrainState<byte[]>(Noise(room)));
        Assert.Equal(room, (await ItemAsync())["GrainState"].B.Length);

        var compressible = Noise(room + 1);
        compressible.AsSpan(0, 100_000).Clear();
        await storage.WriteStateAsync("other", Somebody, new GrainState<byte[]>(compressible));
        Assert.Equal("br@0", (await ItemAsync("other"))["GrainStateEncoding"].S);
        var read = new GrainState<byte[]>();
        await storage.ReadStateAsync("other", Somebody, read);
        Assert.Equal(compressible, read.State);
    }

    [Fact]
    public async Task A_state_that_does_not_even_fit_compressed_is_refused_with_its_size_and_grain()
    {
        var storage = await OpenAsync(options => options.GrainStorageSerializer = new Bytes());

        var refused = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => storage.WriteStateAsync("state", Somebody, new GrainState<byte[]>(Noise(500_000))));
        Assert.Contains("500000 bytes", refused.Message, StringComparison.Ordinal);
        Assert.Contains("person/1F", refused.Message, StringComparison.Ordinal);
        Assert.Contains("\"state\"", refused.Message, StringComparison.Ordinal);

        var huge = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => storage.WriteStateAsync("state", Somebody, new GrainState<byte[]>(new byte[StateContent.MaxBytes + 1])));
        Assert.Contains($"{StateContent.MaxBytes + 1} bytes", huge.Message, StringComparison.Ordinal);
        Assert.Null((await _table.Client.GetItemAsync(_table.Name, Key())).Item);
    }

    [Fact]
    public async Task What_expands_to_more_than_any_state_is_not_read()
    {
        var bomb = new MemoryStream();
        await using (var brotli = new System.IO.Compression.BrotliStream(bomb, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var written = 0; written <= StateContent.MaxBytes; written += 1024 * 1024) await brotli.WriteAsync(new byte[1024 * 1024]);
        }

        await _table.Client.PutItemAsync(_table.Name, new(Key()) { ["GrainState"] = new() { B = bomb }, ["ETag"] = new() { N = "7" }, ["GrainStateEncoding"] = new("br@7") });

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(Storage));
        Assert.Contains("person/1F", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_begin_inside_their_array_are_stored_as_they_are()
    {
        var storage = await OpenAsync(options => options.GrainStorageSerializer = new Bytes(skip: 3));
        await storage.WriteStateAsync("state", Somebody, new GrainState<byte[]>([1, 2, 3, 4, 5]));

        Assert.Equal([4, 5], (await ItemAsync())["GrainState"].B.ToArray());
    }

    [Fact]
    public async Task A_state_is_over_at_its_time_whether_or_not_its_item_was_deleted()
    {
        var storage = await OpenAsync(options => options.TimeToLive = TimeSpan.FromMinutes(10));
        var state = new GrainState<Person>(new Person { Name = "once" });
        await storage.WriteStateAsync("state", Somebody, state);
        Assert.Equal($"{_time.GetUtcNow().ToUnixTimeSeconds() + 600}", (await ItemAsync())["GrainTtl"].N);

        _time.Advance(TimeSpan.FromMinutes(9));
        await storage.WriteStateAsync("state", Somebody, state);
        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.True((await ReadAsync(storage)).RecordExists);

        _time.Advance(TimeSpan.FromMinutes(1));
        var read = await ReadAsync(storage);
        Assert.Equal((false, null), (read.RecordExists, read.ETag));

        var lost = await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("state", Somebody, state));
        Assert.Equal((null, state.ETag), (lost.StoredEtag, lost.CurrentEtag));
        read.State!.Name = "anew";
        await storage.WriteStateAsync("state", Somebody, read);
        Assert.Equal("anew", (await ReadAsync(storage)).State!.Name);
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("state", Somebody, state));
    }

    [Fact]
    public async Task A_write_without_a_time_to_live_ends_the_one_that_was_set()
    {
        var expiring = await OpenAsync(options => options.TimeToLive = TimeSpan.FromMinutes(10));
        await expiring.WriteStateAsync("state", Somebody, new GrainState<Person>(new Person { Name = "kept" }));
        await Storage.WriteStateAsync("state", Somebody, await ReadAsync(Storage));
        _time.Advance(TimeSpan.FromDays(1));

        Assert.Equal("kept", (await ReadAsync(Storage)).State!.Name);
    }

    [Fact]
    public async Task Deleting_a_state_whose_time_is_over_loses()
    {
        var storage = await OpenAsync(options => (options.TimeToLive, options.DeleteStateOnClear) = (TimeSpan.FromMinutes(10), true));
        var state = new GrainState<Person>(new Person());
        await storage.WriteStateAsync("state", Somebody, state);
        _time.Advance(TimeSpan.FromMinutes(10));

        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.ClearStateAsync("state", Somebody, state));
        await storage.ClearStateAsync("state", Somebody, await ReadAsync(storage));
        Assert.Null((await _table.Client.GetItemAsync(_table.Name, Key())).Item);
    }

    [Fact]
    public async Task Keys_that_DynamoDB_does_not_take_are_refused_with_their_size()
    {
        var atLimit = GrainId.Create("person", new string('ü', (2048 - "service_person/".Length) / 2));
        await Storage.WriteStateAsync(new string('s', 1024), atLimit, new GrainState<Person>(new Person { Name = "fits" }));
        Assert.Equal("fits", (await ReadAsync(Storage, new string('s', 1024), atLimit)).State!.Name);

        var grain = await Assert.ThrowsAsync<ArgumentException>(() => ReadAsync(Storage, "state", GrainId.Create("person", new string('ü', 1024))));
        Assert.Contains("2063 bytes", grain.Message, StringComparison.Ordinal);
        var state = await Assert.ThrowsAsync<ArgumentException>(() => ReadAsync(Storage, new string('s', 1025)));
        Assert.Contains("1025 bytes", state.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => ReadAsync(Storage, "half \ud83d"));
        await Assert.ThrowsAsync<ArgumentException>(() => ReadAsync(Storage, "state", GrainId.Create(GrainType.Create("person"), new IdSpan([0x80, 0x81]))));
    }

    [Fact]
    public async Task An_etag_that_is_not_of_DynamoDB_loses()
    {
        var state = new GrainState<Person>(new Person(), "\"0x8D\"");

        var lost = await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("state", Somebody, state));

        Assert.Equal("\"0x8D\"", lost.CurrentEtag);
    }

    [Fact]
    public async Task Before_its_start_and_after_its_stop_it_says_so()
    {
        await ((DynamoDBGrainStorage)Storage).Close(CancellationToken.None);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => ReadAsync(Storage));
        Assert.Contains("\"test\"", refused.Message, StringComparison.Ordinal);
    }

    public override ValueTask DisposeAsync() => _table.DisposeAsync();

    protected override async ValueTask<IGrainStorage> OpenAsync(bool deleteStateOnClear) => await OpenAsync(options => options.DeleteStateOnClear = deleteStateOnClear);

    private async Task<DynamoDBGrainStorage> OpenAsync(Action<DynamoDBStorageOptions> configure) =>
        await _table.OpenAsync(configure, _time);

    private static Dictionary<string, AttributeValue> Key(string stateName = "state") => new() { ["GrainReference"] = new("service_person/1F"), ["GrainType"] = new(stateName) };

    private async Task<Dictionary<string, AttributeValue>> ItemAsync(string stateName = "state") => (await _table.Client.GetItemAsync(_table.Name, Key(stateName))).Item;

    private static byte[] Noise(int size)
    {
        var bytes = new byte[size];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Stores bytes as they are, or without the first ones, as a part of their array.</summary>
    private sealed class Bytes(int skip = 0) : IGrainStorageSerializer
    {
        public BinaryData Serialize<T>(T? input) => BinaryData.FromBytes(((byte[])(object)input!).AsMemory(skip));

        public T? Deserialize<T>(BinaryData input) => (T)(object)input.ToArray();
    }
}
