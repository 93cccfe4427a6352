using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using OrleansShop.Engine.Client;
using OrleansShop.Engine.DynamoDB.Membership;
using OrleansShop.Engine.Hosting;
using OrleansShop.Storage.DynamoDB.Connecting;
using OrleansShop.Storage.DynamoDB.Tables;

namespace Orleans.Hosting;

/// <summary>Clusters silos and clients through a membership table in DynamoDB.</summary>
public static class AwsUtilsHostingExtensions
{
    /// <summary>Clusters the silos that share a table and a cluster id.</summary>
    public static ISiloBuilder UseDynamoDBClustering(this ISiloBuilder builder, Action<DynamoDBClusteringOptions> configureOptions) =>
        builder.UseDynamoDBClustering((OptionsBuilder<DynamoDBClusteringOptions> options) => options.Configure(configureOptions));

    /// <summary>Clusters the silos that share a table and a cluster id.</summary>
    public static ISiloBuilder UseDynamoDBClustering(this ISiloBuilder builder, Action<OptionsBuilder<DynamoDBClusteringOptions>> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(configureOptions);
        return builder.ConfigureServices(services =>
        {
            configureOptions(services.AddOptions<DynamoDBClusteringOptions>());
            services.AddSingleton<IConfigurationValidator, DynamoDBClusteringOptionsValidator>();
            ClusterServices.AddSilo(services, static provider =>
            {
                var options = provider.GetRequiredService<IOptions<DynamoDBClusteringOptions>>().Value;
                return New(
                    provider, options.Endpoint(), options.TableName,
                    new(options.CreateIfNotExists, MayUpdate: false, options.UseProvisionedThroughput ? (options.ReadCapacityUnits, options.WriteCapacityUnits) : null), readsHosts: true);
            });
        });
    }

    /// <summary>Connects to the silos that share a table and a cluster id.</summary>
    public static IClientBuilder UseDynamoDBClustering(this IClientBuilder builder, Action<DynamoDBGatewayOptions> configureOptions) =>
        builder.UseDynamoDBClustering((OptionsBuilder<DynamoDBGatewayOptions> options) => options.Configure(configureOptions));

    /// <summary>Connects to the silos that share a table and a cluster id.</summary>
    public static IClientBuilder UseDynamoDBClustering(this IClientBuilder builder, Action<OptionsBuilder<DynamoDBGatewayOptions>> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(configureOptions);
        return builder.ConfigureServices(services =>
        {
            configureOptions(services.AddOptions<DynamoDBGatewayOptions>());
            services.AddSingleton<IConfigurationValidator, DynamoDBGatewayOptionsValidator>();
            services.AddSingleton(static provider =>
            {
                var options = provider.GetRequiredService<IOptions<DynamoDBGatewayOptions>>().Value;
                return New(
                    provider, options.Endpoint(), options.TableName,
                    new(options.CreateIfNotExists, MayUpdate: false, options.UseProvisionedThroughput ? (options.ReadCapacityUnits, options.WriteCapacityUnits) : null), readsHosts: false);
            });
            services.Replace(ServiceDescriptor.Singleton<IGatewaySource>(static provider => new TableGateways(provider.GetRequiredService<DynamoDBViewTable>())));
        });
    }

    // Only silos write, and have grain classes to read.
    private static DynamoDBViewTable New(IServiceProvider provider, DynamoDBEndpoint endpoint, string table, TableRules rules, bool readsHosts) => new(
        endpoint, table, rules, provider.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId,
        readsHosts ? DefunctRows.Of(provider.GetRequiredService<IOptions<ClusterMembershipOptions>>().Value) : null, readsHosts,
        provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<DynamoDBViewTable>>());
}
