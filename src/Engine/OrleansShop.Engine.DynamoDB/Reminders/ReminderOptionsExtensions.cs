using Orleans.Configuration;
using OrleansShop.Storage.DynamoDB.Connecting;
using OrleansShop.Storage.DynamoDB.Tables;

namespace OrleansShop.Engine.DynamoDB.Reminders;

/// <summary>What the options mean to tables.</summary>
internal static class ReminderOptionsExtensions
{
    public static DynamoDBEndpoint Endpoint(this DynamoDBReminderStorageOptions options) => new(options.Service, options.AccessKey, options.SecretKey, options.Token, options.ProfileName);

    /// <summary>Where reminders are kept. Not the official engine's table, which is laid out otherwise: one set of options serves either engine.</summary>
    public static string ShardedTableName(this DynamoDBReminderStorageOptions options) => $"{options.TableName}.Sharded";

    public static TableRules Rules(this DynamoDBReminderStorageOptions options) => new(
        options.CreateIfNotExists, options.UpdateIfExists, options.UseProvisionedThroughput ? (options.ReadCapacityUnits, options.WriteCapacityUnits) : null);
}
