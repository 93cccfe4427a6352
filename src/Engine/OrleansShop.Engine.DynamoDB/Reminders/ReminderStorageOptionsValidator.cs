using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using OrleansShop.Storage.DynamoDB.Tables;

namespace OrleansShop.Engine.DynamoDB.Reminders;

/// <summary>Checks the options of reminders in DynamoDB when the silo starts, and lists every fault.</summary>
internal sealed class ReminderStorageOptionsValidator(IOptions<DynamoDBReminderStorageOptions> options) : IConfigurationValidator
{
    public void ValidateConfiguration()
    {
        var given = options.Value;
        var faults = new OptionFaults("reminders in DynamoDB", nameof(DynamoDBReminderStorageOptions));
        faults.Check(given.Endpoint());
        faults.Check(
            DynamoDBTable.IsName(given.TableName) && DynamoDBTable.IsName(given.ShardedTableName()) && !given.TableName.Contains(':', StringComparison.Ordinal),
            nameof(given.TableName), $"\"{given.TableName}\"", "3 to 247 letters, digits, underscores, hyphens and dots");
        faults.CheckCapacity(given.UseProvisionedThroughput, given.ReadCapacityUnits, given.WriteCapacityUnits);
        faults.ThrowIfAny();
    }
}
