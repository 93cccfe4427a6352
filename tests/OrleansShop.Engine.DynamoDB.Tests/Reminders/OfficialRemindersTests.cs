using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Configuration;
using OrleansShop.Engine.DynamoDB.Reminders;
using OrleansShop.Testing.DynamoDB;
using Xunit;

namespace OrleansShop.Engine.DynamoDB.Tests.Reminders;

public sealed class OfficialRemindersTests(DynamoDBFixture fixture) : IAsyncLifetime
{
    private static readonly GrainId One = GrainId.Create("person", "one");

    private readonly string _name = DynamoDBFixture.NewTableName("official");
    private readonly List<DynamoDBReminderTable> _opened = [];
    private IAmazonDynamoDB _client = null!;

    public async ValueTask InitializeAsync()
    {
        _client = DynamoDBSettings.Client(await fixture.EndpointAsync());
        await _client.CreateTableAsync(new CreateTableRequest
        {
            TableName = _name,
            KeySchema = [new("ReminderId", KeyType.HASH), new("GrainHash", KeyType.RANGE)],
            AttributeDefinitions = [new("ReminderId", ScalarAttributeType.S), new("GrainHash", ScalarAttributeType.N)],
            BillingMode = BillingMode.PAY_PER_REQUEST,
        });
    }

    [Fact]
    public async Task Reminders_of_the_service_are_taken_over_and_the_official_table_is_left_as_it_was()
    {
        foreach (var number in Enumerable.Range(0, 250)) await PutAsync(GrainId.Create("person", $"{number}"), "r", "01/02/2030 03:04:05", "1.02:03:04");
        await PutAsync(One, "of another service", "01/02/2030 03:04:05", "01:00:00", service: "other");

        var table = await StartAsync();

        var rows = (await table.ReadRows(0, 0)).Reminders;
        Assert.Equal(250, rows.Count);
        Assert.All(rows, row => Assert.Equal(("r", new DateTime(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc), new TimeSpan(1, 2, 3, 4)), (row.ReminderName, row.StartAt, row.Period)));
        Assert.Equal(251, (await _client.ScanAsync(new ScanRequest(_name))).Count);
    }

    [Fact]
    public async Task It_is_done_once()
    {
        await PutAsync(One, "r", "01/02/2030 03:04:05", "01:00:00");
        var table = await StartAsync();
        Assert.True(await table.RemoveRow(One, "r", (await table.ReadRow(One, "r"))!.ETag!));
        await PutAsync(One, "later", "01/02/2030 03:04:05", "01:00:00");

        Assert.Empty((await (await StartAsync()).ReadRows(0, 0)).Reminders);
    }

    [Fact]
    public async Task Silos_that_start_together_take_over_each_reminder_once()
    {
        foreach (var number in Enumerable.Range(0, 120)) await PutAsync(GrainId.Create("person", $"{number}"), "r", "01/02/2030 03:04:05", "01:00:00");

        var tables = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StartAsync()));

        foreach (var table in tables) Assert.Equal(120, (await table.ReadRows(0, 0)).Reminders.Count);
    }

    [Fact]
    public async Task An_import_that_was_overtaken_brings_nothing_back()
    {
        await PutAsync(One, "r", "01/02/2030 03:04:05", "01:00:00");
        var late = await StartAsync();
        await late.RemoveRow(One, "r", (await late.ReadRow(One, "r"))!.ETag!);

        // As a silo writes that had looked for the mark before the other set it.
        var request = new TransactWriteItemsRequest
        {
            TransactItems =
            [
                new() { ConditionCheck = new() { TableName = $"{_name}.Sharded", Key = new() { ["Shard"] = new("service#import"), ["Reminder"] = new("done") }, ConditionExpression = "attribute_not_exists(Reminder)" } },
                new() { Put = new() { TableName = $"{_name}.Sharded", Item = ShardedTable.ItemOf("service", new ReminderEntry { GrainId = One, ReminderName = "r" }, "imported") } },
            ],
        };
        await Assert.ThrowsAsync<TransactionCanceledException>(() => _client.TransactWriteItemsAsync(request));
        Assert.Null(await late.ReadRow(One, "r"));
    }

    [Fact]
    public async Task Of_two_rows_of_a_reminder_the_one_with_todays_hash_counts()
    {
        await PutAsync(One, "r", "01/02/2031 03:04:05", "01:00:00", hash: 17);
        await PutAsync(One, "r", "01/02/2030 03:04:05", "01:00:00");
        await PutAsync(One, "r", "01/02/2032 03:04:05", "01:00:00", hash: uint.MaxValue);

        Assert.Equal(2030, Assert.Single((await (await StartAsync()).ReadRows(One)).Reminders).StartAt.Year);
    }

    [Theory]
    [InlineData("StartTime", "next Tuesday", "01:00:00")]
    [InlineData("Period", "01/02/2030 03:04:05", "hourly")]
    public async Task A_row_that_cannot_be_read_keeps_the_silo_from_starting_and_is_named(string attribute, string start, string period)
    {
        await PutAsync(One, "r", start, period);

        var refused = await Assert.ThrowsAsync<OrleansConfigurationException>(StartAsync);

        Assert.Contains("\"service_person/one_r\"", refused.Message, StringComparison.Ordinal);
        Assert.Contains(attribute, refused.Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var table in _opened) table.Dispose();
        foreach (var table in new[] { _name, $"{_name}.Sharded" }) await _client.DeleteTableAsync(table);
        _client.Dispose();
    }

    private async Task<DynamoDBReminderTable> StartAsync()
    {
        var options = new DynamoDBReminderStorageOptions { Service = await fixture.EndpointAsync(), TableName = _name };
        var table = new DynamoDBReminderTable(options, "service", TimeProvider.System, NullLogger<DynamoDBReminderTable>.Instance);
        lock (_opened) _opened.Add(table);
        await table.StartAsync();
        return table;
    }

    private Task<PutItemResponse> PutAsync(GrainId grain, string name, string start, string period, string service = "service", uint? hash = null) => _client.PutItemAsync(_name, new()
    {
        ["ReminderId"] = new($"{service}_{grain}_{name}"),
        ["GrainHash"] = new() { N = (hash ?? grain.GetUniformHashCode()).ToString(CultureInfo.InvariantCulture) },
        ["ServiceId"] = new(service),
        ["GrainReference"] = new(grain.ToString()),
        ["ReminderName"] = new(name),
        ["StartTime"] = new(start),
        ["Period"] = new(period),
        ["ETag"] = new() { N = "12345" },
    });
}
