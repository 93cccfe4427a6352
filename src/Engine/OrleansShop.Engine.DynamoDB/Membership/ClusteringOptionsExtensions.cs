using Orleans.Clustering.DynamoDB;
using OrleansShop.Storage.DynamoDB.Connecting;

namespace OrleansShop.Engine.DynamoDB.Membership;

/// <summary>What the options mean to tables.</summary>
internal static class ClusteringOptionsExtensions
{
    public static DynamoDBEndpoint Endpoint(this DynamoDBClientOptions options) => new(options.Service, options.AccessKey, options.SecretKey, options.Token, options.ProfileName);
}
