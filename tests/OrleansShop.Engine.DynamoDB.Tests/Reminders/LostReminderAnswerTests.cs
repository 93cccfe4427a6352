using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Configuration;
using OrleansShop.Engine.DynamoDB.Reminders;
using OrleansShop.Testing.DynamoDB;
using OrleansShop.Testing.Faults;
using Xunit;

namespace OrleansShop.Engine.DynamoDB.Tests.Reminders;

public sealed class LostReminderAnswerTests(DynamoDBFixture fixture) : IAsyncLifetime
{
    private static readonly GrainId One = GrainId.Create("person", "one");

    private readonly string _table = DynamoDBFixture.NewTableName("lost-reminders");
    private FaultProxy _proxy = null!;
    private DynamoDBReminderTable _reminders = null!;

    public async ValueTask InitializeAsync()
    {
        _proxy = await FaultProxy.StartAsync(await fixture.EndpointAsync());
        _reminders = new DynamoDBReminderTable(
            new DynamoDBReminderStorageOptions { Service = _proxy.Endpoint, TableName = _table }, "service", TimeProvider.System, NullLogger<DynamoDBReminderTable>.Instance);
        _proxy.LoseAnswerOf("PutItem");
        await _reminders.StartAsync();
        Assert.Equal(1, _proxy.Happened);
    }

    [Fact]
    public async Task A_row_is_written_once_and_removed_once()
    {
        _proxy.LoseAnswerOf("PutItem");
        var first = await WriteAsync();
        Assert.Equal(first, (await _reminders.ReadRow(One, "r"))?.ETag);

        _proxy.LoseAnswerOf("PutItem");
        var second = await WriteAsync();
        Assert.Equal(second, (await _reminders.ReadRow(One, "r"))?.ETag);

        _proxy.LoseAnswerOf("DeleteItem");
        Assert.False(await _reminders.RemoveRow(One, "r", first!));
        _proxy.LoseAnswerOf("DeleteItem");
        Assert.True(await _reminders.RemoveRow(One, "r", second!));
        Assert.Null(await _reminders.ReadRow(One, "r"));
    }

    [Fact]
    public async Task Ticks_are_recorded_and_rows_read_when_it_is_throttled()
    {
        await WriteAsync();
        var tick = new OrleansShop.Engine.Reminders.ReminderTick(One, "r", new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        _proxy.Throttle("UpdateItem", times: 3);
        _proxy.LoseAnswerOf("UpdateItem");
        await _reminders.RecordTicks([tick]);
        _proxy.Throttle("Query", times: 3);
        Assert.Equal(tick, Assert.Single(await _reminders.ReadTicks(0, 0)));
    }

    public async ValueTask DisposeAsync()
    {
        _reminders.Dispose();
        await _proxy.DisposeAsync();
        using var client = DynamoDBSettings.Client(await fixture.EndpointAsync());
        await client.DeleteTableAsync($"{_table}.Sharded");
    }

    private Task<string?> WriteAsync() => _reminders.UpsertRow(new ReminderEntry { GrainId = One, ReminderName = "r", StartAt = new DateTime(2029, 1, 1, 0, 0, 0, DateTimeKind.Utc), Period = TimeSpan.FromHours(1) });
}
