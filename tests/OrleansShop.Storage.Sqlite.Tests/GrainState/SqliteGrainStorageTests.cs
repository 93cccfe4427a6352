using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Storage;
using OrleansShop.Storage.Sqlite.GrainState;
using OrleansShop.Testing.GrainState;
using Xunit;

namespace OrleansShop.Storage.Sqlite.Tests.GrainState;

public sealed class SqliteGrainStorageTests : GrainStorageTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("grain-storage-");
    private readonly List<SqliteGrainStorage> _opened = [];

    [Fact]
    public async Task What_was_written_is_read_after_the_file_was_closed()
    {
        await Storage.WriteStateAsync("state", Somebody, new GrainState<Person>(new Person { Name = "Zoë" }));
        await _opened[0].DisposeAsync();

        Assert.Equal("Zoë", (await ReadAsync(Open())).State!.Name);
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

    public override async ValueTask DisposeAsync()
    {
        foreach (var storage in _opened)
        {
            await storage.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    protected override ValueTask<IGrainStorage> OpenAsync(bool deleteStateOnClear) => new(Open(options => options.DeleteStateOnClear = deleteStateOnClear));

    private SqliteGrainStorage Open(Action<SqliteGrainStorageOptions>? configure = null)
    {
        var options = new SqliteGrainStorageOptions { Path = Path.Combine(_folder.FullName, "grains.db") };
        configure?.Invoke(options);
        var storage = new SqliteGrainStorage(options, new SystemTextJsonGrainStorageSerializer(Options.Create(new SystemTextJsonGrainStorageSerializerOptions())), "service");
        _opened.Add(storage);
        return storage;
    }
}
