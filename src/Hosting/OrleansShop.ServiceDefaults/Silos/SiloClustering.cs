using Orleans.Clustering.DynamoDB;
using Orleans.Configuration;

namespace OrleansShop.ServiceDefaults.Silos;

/// <summary>The membership table in DynamoDB, on either engine.</summary>
internal static class SiloClustering
{
    /// <summary>Has a silo find its cluster there.</summary>
    public static void UseDynamoDB(ISiloBuilder silo, DynamoDBSettings settings) => silo.UseDynamoDBClustering((DynamoDBClusteringOptions options) =>
    {
        Configure(options, settings);
        (options.TableName, options.CreateIfNotExists, options.UpdateIfExists, options.UseProvisionedThroughput) = (settings.MembershipTable, settings.CreateTables, false, false);
    });

    /// <summary>Has a client find its cluster there.</summary>
    public static void UseDynamoDB(IClientBuilder client, DynamoDBSettings settings) => client.UseDynamoDBClustering((DynamoDBGatewayOptions options) =>
    {
        Configure(options, settings);
        (options.TableName, options.CreateIfNotExists, options.UpdateIfExists, options.UseProvisionedThroughput) = (settings.MembershipTable, settings.CreateTables, false, false);
    });

    private static void Configure(DynamoDBClientOptions options, DynamoDBSettings settings) =>
        (options.Service, options.AccessKey, options.SecretKey, options.Token, options.ProfileName) = (settings.Service, settings.AccessKey, settings.SecretKey, settings.Token, settings.ProfileName);
}
