using Orleans.Configuration;
using OrleansShop.Storage.DynamoDB.Connecting;
using OrleansShop.Storage.DynamoDB.Tables;

namespace OrleansShop.Engine.DynamoDB.GrainState;

/// <summary>What the options mean to tables.</summary>
internal static class StorageOptionsExtensions
{
    public static DynamoDBEndpoint Endpoint(this DynamoDBStorageOptions options) => new(options.Service, options.AccessKey, options.SecretKey, options.Token, options.ProfileName);

    public static TableRules Rules(this DynamoDBStorageOptions options) => new(
        options.CreateIfNotExists, options.UpdateIfExists, options.UseProvisionedThroughput ? (options.ReadCapacityUnits, options.WriteCapacityUnits) : null);
}
