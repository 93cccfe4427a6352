using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Storage;
using OrleansShop.Engine.Storage;
using OrleansShop.Engine.Tests.Storage;
using OrleansShop.Storage.Sqlite.GrainState;
using Xunit;

namespace OrleansShop.Storage.Sqlite.Tests.GrainState;

public sealed class SqliteFencedStorageTests : FencedStorageContract
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fenced-storage-");
    private readonly List<SqliteGrainStorage> _opened = [];

    [Fact]
    public async Task A_fence_holds_for_whoever_opens_the_file_after()
    {
        await WriteAsync(await ReadAsync(Of(8, 7)), Of(8, 7));
        await _opened[0].DisposeAsync();

        var storage = await OpenAsync(deleteStateOnClear: false);
        var late = await ReadAsync(Of(3, 0), storage);
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("state", Counter, late, Of(3, 0), default));
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var storage in _opened) await storage.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private protected override ValueTask<IFencedGrainStorage> OpenAsync(bool deleteStateOnClear)
    {
        var storage = new SqliteGrainStorage(
            new SqliteGrainStorageOptions { Path = Path.Combine(_folder.FullName, "states.db"), DeleteStateOnClear = deleteStateOnClear },
            new SystemTextJsonGrainStorageSerializer(Options.Create(new SystemTextJsonGrainStorageSerializerOptions())), "service");
        _opened.Add(storage);
        return ValueTask.FromResult<IFencedGrainStorage>(storage);
    }
}
