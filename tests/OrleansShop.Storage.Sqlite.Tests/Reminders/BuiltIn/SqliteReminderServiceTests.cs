using OrleansShop.Storage.Sqlite.Reminders;
using OrleansShop.Testing.Reminders;

namespace OrleansShop.Storage.Sqlite.Tests.Reminders;

public sealed class SqliteReminderServiceTests : ReminderServiceTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("reminders-");

    public override ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return default;
    }

    protected override void UseTable(ISiloBuilder silo) => silo.UseSqliteReminderService(options => options.Path = Path.Combine(_folder.FullName, "reminders.db"));
}
