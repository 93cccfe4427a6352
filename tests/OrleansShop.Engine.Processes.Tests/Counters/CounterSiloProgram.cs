using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using OrleansShop.Engine.Hosting;
using OrleansShop.Engine.Processes.Tests.Silos;
using OrleansShop.Testing.Clusters;

namespace OrleansShop.Engine.Processes.Tests.Counters;

/// <summary>A silo with counters, whose membership and grain states are in DynamoDB.</summary>
internal static class CounterSiloProgram
{
    public static async Task RunAsync(CounterSiloSettings settings)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (settings.Cluster, settings.Cluster));
            silo.ConfigureEndpoints(IPAddress.Parse(settings.Address), settings.SiloPort, settings.GatewayPort);
            silo.Configure<ClusteringOptions>(options => options.LeaseDuration = settings.Lease ?? options.LeaseDuration);
            silo.UseDynamoDBClustering((DynamoDBClusteringOptions options) => options.Service = settings.DynamoDB);
            silo.AddDynamoDBGrainStorageAsDefault((DynamoDBStorageOptions options) => options.Service = settings.DynamoDB);
        });
        using var host = builder.Build();
        await host.StartAsync();
        Console.WriteLine($"{CounterCluster.Ready}{host.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToParsableString()}");
        ParentProcess.StopWithIt(host);
        await host.WaitForShutdownAsync();
    }
}
