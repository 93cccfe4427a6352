using OrleansShop.Testing.DynamoDB;
using OrleansShop.Testing.Reminders;
using Xunit;

namespace OrleansShop.Engine.DynamoDB.Tests.Reminders;

public sealed class DynamoDBReminderServiceTests(DynamoDBFixture fixture) : ReminderServiceTests, IAsyncLifetime
{
    private readonly string _table = DynamoDBFixture.NewTableName("alarms");
    private string _endpoint = "";

    public async ValueTask InitializeAsync() => _endpoint = await fixture.EndpointAsync();

    public override async ValueTask DisposeAsync()
    {
        using var client = DynamoDBSettings.Client(_endpoint);
        await client.DeleteTableAsync($"{_table}.Sharded");
    }

    protected override void UseTable(ISiloBuilder silo) => silo.UseDynamoDBReminderService(options => (options.Service, options.TableName) = (_endpoint, _table));
}
