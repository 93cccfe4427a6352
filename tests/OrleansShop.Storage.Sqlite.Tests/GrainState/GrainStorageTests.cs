using Orleans.Storage;
using Xunit;

namespace OrleansShop.Testing.GrainState;

/// <summary>What every grain storage does. Each has a class that derives from this one.</summary>
public abstract class GrainStorageTests : IAsyncLifetime
{
    private IGrainStorage _storage = null!;

    protected static GrainId Somebody { get; } = GrainId.Create("person", "1F");

    /// <summary>Opened for each test, of a service of its own.</summary>
    protected IGrainStorage Storage => _storage;

    public virtual async ValueTask InitializeAsync() => _storage = await OpenAsync(deleteStateOnClear: false);

    public abstract ValueTask DisposeAsync();

    [Fact]
    public async Task What_was_never_written_is_read_as_empty()
    {
        var read = new GrainState<Person>(new Person { Name = "left over" }, "left over") { RecordExists = true };
        await _storage.ReadStateAsync("state", Somebody, read);

        Assert.False(read.RecordExists);
        Assert.Null(read.ETag);
        Assert.Equal("", read.State!.Name);
    }

    [Fact]
    public async Task What_was_written_is_read_by_whoever_opens_the_storage_after()
    {
        var written = new GrainState<Person>(new Person { Name = "Zoë 🐈" });
        await _storage.WriteStateAsync("state", Somebody, written);
        Assert.True(written.RecordExists);

        var read = await ReadAsync(await OpenAsync(deleteStateOnClear: false));

        Assert.Equal("Zoë 🐈", read.State!.Name);
        Assert.True(read.RecordExists);
        Assert.NotNull(read.ETag);
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

        Assert.NotEqual(first.ETag, late.ETag);
        Assert.Equal(first.ETag, lost.StoredEtag);
        Assert.Equal(late.ETag, lost.CurrentEtag);
    }

    [Fact]
    public async Task Of_two_first_writes_one_loses()
    {
        var first = new GrainState<Person>(new Person());
        await _storage.WriteStateAsync("state", Somebody, first);

        var lost = await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.WriteStateAsync("state", Somebody, new GrainState<Person>(new Person())));

        Assert.Equal(first.ETag, lost.StoredEtag);
        Assert.Null(lost.CurrentEtag);
    }

    [Fact]
    public async Task Of_many_first_writes_at_once_one_wins()
    {
        var writes = await Task.WhenAll(Enumerable.Range(0, 20).Select(async number =>
        {
            try
            {
                await _storage.WriteStateAsync("state", Somebody, new GrainState<Person>(new Person { Name = $"{number}" }));
                return $"{number}";
            }
            catch (InconsistentStateException)
            {
                return null;
            }
        }));

        Assert.Equal((await ReadAsync(_storage)).State!.Name, Assert.Single(writes, won => won is not null));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cleared_state_is_empty_and_can_be_written_again(bool deleteStateOnClear)
    {
        var storage = await OpenAsync(deleteStateOnClear);
        var state = new GrainState<Person>(new Person { Name = "gone" });
        await storage.WriteStateAsync("state", Somebody, state);

        await storage.ClearStateAsync("state", Somebody, state);
        Assert.False(state.RecordExists);
        Assert.Equal("", state.State!.Name);
        var read = await ReadAsync(storage);
        Assert.False(read.RecordExists);
        Assert.Equal(state.ETag, read.ETag);

        state.State = new Person { Name = "back" };
        await storage.WriteStateAsync("state", Somebody, state);
        Assert.Equal("back", (await ReadAsync(storage)).State!.Name);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_clear_with_an_old_etag_loses(bool deleteStateOnClear)
    {
        var storage = await OpenAsync(deleteStateOnClear);
        var state = new GrainState<Person>(new Person { Name = "kept" });
        await storage.WriteStateAsync("state", Somebody, state);
        var late = await ReadAsync(storage);
        await storage.WriteStateAsync("state", Somebody, state);

        var lost = await Assert.ThrowsAsync<InconsistentStateException>(() => storage.ClearStateAsync("state", Somebody, late));

        Assert.Equal(state.ETag, lost.StoredEtag);
        Assert.Equal(late.ETag, lost.CurrentEtag);
        Assert.Equal("kept", (await ReadAsync(storage)).State!.Name);
    }

    [Fact]
    public async Task Clearing_what_was_never_written_leaves_it_empty()
    {
        var state = await ReadAsync(_storage);

        await _storage.ClearStateAsync("state", Somebody, state);

        Assert.False((await ReadAsync(_storage)).RecordExists);
        state.State = new Person { Name = "first" };
        await _storage.WriteStateAsync("state", Somebody, state);
        Assert.Equal("first", (await ReadAsync(_storage)).State!.Name);
    }

    [Fact]
    public async Task States_of_one_grain_are_apart_by_name()
    {
        await _storage.WriteStateAsync("one", Somebody, new GrainState<Person>(new Person { Name = "one" }));

        Assert.False((await ReadAsync(_storage, "two")).RecordExists);
        Assert.False((await ReadAsync(_storage, "One")).RecordExists);
    }

    [Theory]
    [InlineData("'; DROP TABLE grain_state; --")]
    [InlineData("a/b+c d%_#@$\\\"\t\n")]
    [InlineData("\0")]
    [InlineData("Zoë 🐈")]
    [InlineData("state ")]
    public async Task Odd_names_of_grains_and_states_are_kept_apart(string name)
    {
        var grain = GrainId.Create("person", name);
        await _storage.WriteStateAsync(name, grain, new GrainState<Person>(new Person { Name = name }));

        Assert.Equal(name, (await ReadAsync(_storage, name, grain)).State!.Name);
        Assert.False((await ReadAsync(_storage, name + " ", grain)).RecordExists);
        Assert.False((await ReadAsync(_storage, name, GrainId.Create("person", name + " "))).RecordExists);
    }

    [Fact]
    public async Task Writers_of_many_grains_at_once_keep_every_write()
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
            Assert.Equal("20", (await ReadAsync(_storage, "state", GrainId.Create("person", $"{key}"))).State!.Name);
    }

    /// <summary>Opens the storage of the test once more. What is opened is closed in <see cref="DisposeAsync"/>.</summary>
    /// <param name="deleteStateOnClear">Whether clearing leaves nothing, in a storage that knows the choice.</param>
    protected abstract ValueTask<IGrainStorage> OpenAsync(bool deleteStateOnClear);

    protected static async Task<GrainState<Person>> ReadAsync(IGrainStorage storage, string name = "state", GrainId? grain = null)
    {
        var read = new GrainState<Person>();
        await storage.ReadStateAsync(name, grain ?? Somebody, read);
        return read;
    }
}

public sealed class Person
{
    public string Name { get; set; } = "";
}
