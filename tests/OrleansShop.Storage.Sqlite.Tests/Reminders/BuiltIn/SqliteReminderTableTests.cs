using OrleansShop.Storage.Sqlite.Reminders;
using OrleansShop.Testing.Reminders;
using Xunit;

namespace OrleansShop.Storage.Sqlite.Tests.Reminders;

public sealed class SqliteReminderTableTests : ReminderTickLogTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("reminders-");
    private readonly List<SqliteReminderTable> _opened = [];

    [Fact]
    public async Task Reminders_and_ticks_are_there_when_the_file_is_opened_again()
    {
        var grain = GrainId.Create("person", "one");
        var etag = await Write(grain, "r");
        await Table.StopAsync();
        var again = await OpenAsync("service");
        await again.StartAsync();

        Assert.Equal(etag, (await again.ReadRow(grain, "r"))?.ETag);
        Assert.NotEqual(etag, await again.UpsertRow(new ReminderEntry { GrainId = grain, ReminderName = "r", Period = TimeSpan.FromHours(1) }));
    }

    [Fact]
    public async Task A_table_that_was_not_started_says_so()
    {
        var table = new SqliteReminderTable(new SqliteReminderTableOptions { Path = Path.Combine(_folder.FullName, "other.db") }, "service");

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => table.UpsertRow(new ReminderEntry()));

        Assert.Contains("other.db", refused.Message, StringComparison.Ordinal);
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var table in _opened)
        {
            await table.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    protected override ValueTask<IReminderTable> OpenAsync(string serviceId)
    {
        var table = new SqliteReminderTable(new SqliteReminderTableOptions { Path = Path.Combine(_folder.FullName, "reminders.db") }, serviceId);
        _opened.Add(table);
        return new(table);
    }
}
