using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Configuration;
using OrleansShop.Engine.DynamoDB.Reminders;
using OrleansShop.Testing.DynamoDB;
using OrleansShop.Testing.Reminders;
using Xunit;

namespace OrleansShop.Engine.DynamoDB.Tests.Reminders;

public sealed class DynamoDBReminderTableTests(DynamoDBFixture fixture) : ReminderTickLogTests
{
    private static readonly GrainId One = GrainId.Create("person", "one");

    private readonly string _table = DynamoDBFixture.NewTableName("reminders");
    private readonly List<DynamoDBReminderTable> _opened = [];

    [Fact]
    public async Task Reminders_and_ticks_are_there_for_whoever_opens_the_table_after()
    {
        var etag = await Write(One, "r");
        await Table.StopAsync();
        var again = await OpenAsync("service");
        await again.StartAsync();

        Assert.Equal(etag, (await again.ReadRow(One, "r"))?.ETag);
    }

    [Fact]
    public async Task Ids_and_names_that_read_alike_when_put_together_are_apart()
    {
        await Write(GrainId.Create("person", "a"), "b/c");
        await Write(GrainId.Create("person", "a/b"), "c");
        await Write(GrainId.Create("person", "a"), "");

        Assert.Equal(["", "b/c"], (await Table.ReadRows(GrainId.Create("person", "a"))).Reminders.Select(row => row.ReminderName).Order(StringComparer.Ordinal));
        Assert.Equal("c", Assert.Single((await Table.ReadRows(GrainId.Create("person", "a/b"))).Reminders).ReminderName);
    }

    [Fact]
    public async Task A_key_that_DynamoDB_does_not_take_is_refused_with_its_size()
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => Write(One, new string('x', 1100)));

        Assert.Contains("1024", refused.Message, StringComparison.Ordinal);
        Assert.Contains("person/one", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_writers_of_one_row_the_last_wins_and_only_the_winner_has_its_etag()
    {
        var etags = await Task.WhenAll(Enumerable.Range(0, 8).Select(day => Table.UpsertRow(new ReminderEntry
        {
            GrainId = One,
            ReminderName = "r",
            StartAt = new DateTime(2030, 1, 1 + day, 0, 0, 0, DateTimeKind.Utc),
            Period = TimeSpan.FromHours(1),
        })));

        var row = Assert.IsType<ReminderEntry>(await Table.ReadRow(One, "r"));
        Assert.Equal(row.StartAt.Day - 1, Assert.Single(Enumerable.Range(0, 8), writer => etags[writer] == row.ETag));
    }

    [Fact]
    public async Task More_rows_than_a_page_are_read()
    {
        // A page is at most 1 MB: 1,200 rows of one grain, with names of nearly 900 bytes, are more than two.
        var names = Enumerable.Range(0, 1200).Select(number => $"{number:0000}{new string('x', 890)}").ToList();
        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (name, _) => await Write(One, name));

        Assert.Equal(names, (await Table.ReadRows(One)).Reminders.Select(row => row.ReminderName).Order(StringComparer.Ordinal));
        Assert.Equal(1200, (await Table.ReadRows(0, 0)).Reminders.Count);
    }

    [Fact]
    public async Task A_table_that_was_not_started_says_so()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(async () => await (await OpenAsync("service")).ReadRow(One, "r"));

        Assert.Contains($"{_table}.Sharded", refused.Message, StringComparison.Ordinal);
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var table in _opened) table.Dispose();
        using var client = DynamoDBSettings.Client(await fixture.EndpointAsync());
        await client.DeleteTableAsync($"{_table}.Sharded");
    }

    protected override async ValueTask<IReminderTable> OpenAsync(string serviceId)
    {
        var options = new DynamoDBReminderStorageOptions { Service = await fixture.EndpointAsync(), TableName = _table };
        var table = new DynamoDBReminderTable(options, serviceId, TimeProvider.System, NullLogger<DynamoDBReminderTable>.Instance);
        _opened.Add(table);
        return table;
    }
}
