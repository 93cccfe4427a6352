using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace OrleansShop.Engine.TestingHost;

/// <summary>Builds the hosts of an <see cref="InProcessTestCluster"/>.</summary>
internal static class InProcessHosts
{
    public static IHost Silo(InProcessTestClusterOptions cluster, InProcessTestSiloSpecificOptions silo)
    {
        var host = NewBuilder();
        host.UseOrleans(builder =>
        {
            builder.Configure<SiloOptions>(options => options.SiloName = silo.SiloName);
            builder.Services.PostConfigure<ClusterOptions>(options => Name(options, cluster));
            builder.Services.PostConfigure<EndpointOptions>(options =>
            {
                options.AdvertisedIPAddress = IPAddress.Loopback;
                options.SiloPort = silo.SiloPort;
                options.GatewayPort = silo.GatewayPort;
            });
        });
        foreach (var configure in cluster.SiloHostConfigurationDelegates)
            configure(silo, host);

        // Last: whatever clustering they ask for, the silos of a test cluster meet in memory.
        var network = ClusterNetwork.Of(cluster.ClusterId);
        host.UseOrleans(builder => network.AddSilo(builder.Services, ConnectionTransportType.InMemory));
        network.AddLog(host.Services);
        return host.Build();
    }

    public static IHost Client(InProcessTestClusterOptions cluster)
    {
        var host = NewBuilder();
        host.UseOrleansClient(builder => builder.Services.PostConfigure<ClusterOptions>(options => Name(options, cluster)));
        foreach (var configure in cluster.ClientHostConfigurationDelegates)
            configure(host);
        var network = ClusterNetwork.Of(cluster.ClusterId);
        host.UseOrleansClient(builder => network.AddClient(builder.Services, ConnectionTransportType.InMemory));
        network.AddLog(host.Services);
        return host.Build();
    }

    // Without the defaults of an ordinary host: environment, files and consoles are not a test's business, and take time.
    private static HostApplicationBuilder NewBuilder()
    {
        var host = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        host.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Information));
        return host;
    }

    private static void Name(ClusterOptions options, InProcessTestClusterOptions cluster)
    {
        options.ClusterId = cluster.ClusterId;
        options.ServiceId = cluster.ServiceId;
    }
}
