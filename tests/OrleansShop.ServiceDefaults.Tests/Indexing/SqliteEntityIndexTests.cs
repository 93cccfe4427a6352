using OrleansShop.ServiceDefaults.Indexing;
using OrleansShop.Strangler.Index;

namespace OrleansShop.ServiceDefaults.Tests.Indexing;

public sealed class SqliteEntityIndexTests : EntityIndexTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("entity-index-");
    private SqliteEntityIndex? _opened;

    protected override TimeSpan PendingTimeout => SqliteEntityIndex.PendingTimeout;

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Delete(recursive: true);
    }

    protected override async ValueTask<IEntityIndex> OpenAsync()
    {
        await CloseAsync();
        return _opened = new SqliteEntityIndex(Path.Combine(_folder.FullName, "index.db"), Time);
    }

    private async ValueTask CloseAsync()
    {
        if (_opened is { } opened) await opened.DisposeAsync();
    }
}
