using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Storage;
using OrleansShop.Storage.Sqlite.GrainState;
using Xunit;

namespace OrleansShop.Storage.Sqlite.Tests.GrainState;

public sealed class SqliteGrainStorageTests : IAsyncDisposable
{
    private static readonly GrainId Somebody = GrainId.Create("person", "1F");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("grain-storage-");
    private readonly List<SqliteGrainStorage> _opened = [];
    private readonly SqliteGrainStorage _storage;

    public SqliteGrainStorageTests() => _storage = Open();

    [Fact]
    public async Task What_was_never_written_is_read_as_empty()
    {
        var read = await ReadAsync(_storage);

        Assert.False(read.RecordExists);
        Assert.Null(read.ETag);
        Assert.NotNull(read.State);
    }

    [Fact]
    public async Task What_was_written_is_read_after_the_file_is_opened_again()
    {
        var written = new GrainState<Person>(new Person { Name = "Zoë 🐈" });
        await _storage.WriteStateAsync("state", Somebody, written);
        await _storage.DisposeAsync();

        var read = await ReadAsync(Open());

        Assert.Equal("Zoë 🐈", read.State!.Name);
        Assert.True(read.RecordExists);
        Assert.Equal(written.ETag, read.ETag);
    }

    [Fact]
    public async Task A_write_with_an_old_etag_loses_and_says_which_etag_is_stored()
    {
        var first = new GrainState<Person>(new Person { Name = "first" });
        await _storage.WriteStateAsync("state", Somebody, first);
        var late = await ReadAsync(_storage);
        await _storage.WriteStateAsync("state", Somebody, first);

        var lost = await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.WriteStateAsync("state", Somebody, late));

        Assert.Equal(first.ETag, lost.StoredEtag);
        Assert.Equal(late.ETag, lost.CurrentEtag);
    }

    [Fact]
    public async Task Of_two_first_writes_one_loses()
    {
        await _storage.WriteStateAsync("state", Somebody, new GrainState<Person>(new Person()));

        await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.WriteStateAsync("state", Somebody, new GrainState<Person>(new Person())));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cleared_state_is_empty_and_can_be_written_again(bool deleteStateOnClear)
    {
        var storage = Open(options => options.DeleteStateOnClear = deleteStateOnClear);
        var state = new GrainState<Person>(new Person { Name = "gone" });
        await storage.WriteStateAsync("state", Somebody, state);

        await storage.ClearStateAsync("state", Somebody, state);
        Assert.False((await ReadAsync(storage)).RecordExists);

        state.State = new Person { Name = "back" };
        await storage.WriteStateAsync("state", Somebody, state);
        Assert.Equal("back", (await ReadAsync(storage)).State!.Name);
    }

    [Fact]
    public async Task A_clear_with_an_old_etag_loses()
    {
        var state = new GrainState<Person>(new Person());
        await _storage.WriteStateAsync("state", Somebody, state);
        var late = await ReadAsync(_storage);
        await _storage.WriteStateAsync("state", Somebody, state);

        await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.ClearStateAsync("state", Somebody, late));
    }

    [Fact]
    public async Task States_of_one_grain_are_apart_by_name()
    {
        await _storage.WriteStateAsync("one", Somebody, new GrainState<Person>(new Person { Name = "one" }));

        Assert.False((await ReadAsync(_storage, "two")).RecordExists);
    }

    [Fact]
    public async Task A_state_over_the_limit_is_refused_with_its_size_and_grain()
    {
        var storage = Open(options => options.MaxStateBytes = 1024);
        var large = new GrainState<Person>(new Person { Name = new string('x', 2000) });

        var refused = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => storage.WriteStateAsync("state", Somebody, large));

        Assert.Contains(Somebody.ToString(), refused.Message, StringComparison.Ordinal);
        Assert.Contains("1024", refused.Message, StringComparison.Ordinal);
        Assert.False((await ReadAsync(storage)).RecordExists);
    }

    [Fact]
    public async Task Concurrent_writers_of_many_grains_keep_every_write()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async key =>
        {
            var state = new GrainState<Person>(new Person());
            for (var count = 1; count <= 20; count++)
            {
                state.State!.Name = $"{count}";
                await _storage.WriteStateAsync("state", GrainId.Create("person", $"{key}"), state);
            }
        }));

        for (var key = 0; key < 50; key++)
        {
            var read = new GrainState<Person>();
            await _storage.ReadStateAsync("state", GrainId.Create("person", $"{key}"), read);
            Assert.Equal(("20", "20"), (read.State!.Name, read.ETag));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var storage in _opened)
        {
            await storage.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private static async Task<GrainState<Person>> ReadAsync(SqliteGrainStorage storage, string name = "state")
    {
        var read = new GrainState<Person>();
        await storage.ReadStateAsync(name, Somebody, read);
        return read;
    }

    private SqliteGrainStorage Open(Action<SqliteGrainStorageOptions>? configure = null)
    {
        var options = new SqliteGrainStorageOptions { Path = Path.Combine(_folder.FullName, "grains.db") };
        configure?.Invoke(options);
        var storage = new SqliteGrainStorage(options, new SystemTextJsonGrainStorageSerializer(Options.Create(new SystemTextJsonGrainStorageSerializerOptions())), "service");
        _opened.Add(storage);
        return storage;
    }

    public sealed class Person
    {
        public string Name { get; set; } = "";
    }
}
