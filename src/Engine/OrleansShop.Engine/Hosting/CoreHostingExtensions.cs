using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using OrleansShop.Engine.Diagnostics;
using OrleansShop.Engine.Hosting;
using OrleansShop.Engine.Membership;

namespace Orleans.Hosting;

/// <summary>Configures how a silo clusters, and its tracing.</summary>
public static class CoreHostingExtensions
{
    /// <summary>Continues the caller's trace in calls: an activity for each call that is made and each that is received, with W3C context between them.</summary>
    public static ISiloBuilder AddActivityPropagation(this ISiloBuilder builder) => builder.ConfigureServices(static services =>
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IOutgoingGrainCallFilter, OutgoingCallActivity>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IIncomingGrainCallFilter, IncomingCallActivity>());
    });

    /// <summary>
    /// Clusters the silos of one machine, on loopback ports. For development. Silos in several processes find each other through a file in
    /// the user's temporary folder, named after the cluster and the primary silo's endpoint: the first silo is its own primary, the others
    /// name it. With port 0 a silo takes any free port, and clusters inside its process only.
    /// </summary>
    public static ISiloBuilder UseLocalhostClustering(
        this ISiloBuilder builder, int siloPort = EndpointOptions.DEFAULT_SILO_PORT, int gatewayPort = EndpointOptions.DEFAULT_GATEWAY_PORT, IPEndPoint? primarySiloEndpoint = null,
        string serviceId = "dev", string clusterId = "dev")
    {
        builder.Configure<EndpointOptions>(options =>
        {
            options.AdvertisedIPAddress = IPAddress.Loopback;
            options.SiloPort = siloPort;
            options.GatewayPort = gatewayPort;
        });
        builder.Configure<ClusterOptions>(options =>
        {
            options.ServiceId = serviceId;
            options.ClusterId = clusterId;
        });
        return builder.UseDevelopmentClustering(primarySiloEndpoint ?? new IPEndPoint(IPAddress.Loopback, siloPort));
    }

    /// <summary>Clusters the silos of one machine that name the same primary silo. For development. The cluster goes on when the primary stops.</summary>
    public static ISiloBuilder UseDevelopmentClustering(this ISiloBuilder builder, IPEndPoint? primarySiloEndpoint) =>
        builder.UseDevelopmentClustering(options => options.PrimarySiloEndpoint = primarySiloEndpoint);

    /// <summary>Clusters the silos of one machine that name the same primary silo. For development. The cluster goes on when the primary stops.</summary>
    public static ISiloBuilder UseDevelopmentClustering(this ISiloBuilder builder, Action<DevelopmentClusterMembershipOptions> configureOptions) =>
        builder.UseDevelopmentClustering(options => options.Configure(configureOptions));

    /// <summary>Clusters the silos of one machine that name the same primary silo. For development. The cluster goes on when the primary stops.</summary>
    public static ISiloBuilder UseDevelopmentClustering(this ISiloBuilder builder, Action<OptionsBuilder<DevelopmentClusterMembershipOptions>> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(configureOptions);
        return builder.ConfigureServices(services =>
        {
            configureOptions(services.AddOptions<DevelopmentClusterMembershipOptions>());
            ClusterServices.AddSilo(services, static provider => DevelopmentTable.For(
                provider.GetRequiredService<IOptions<DevelopmentClusterMembershipOptions>>().Value.PrimarySiloEndpoint,
                provider.GetRequiredService<IOptions<ClusterOptions>>().Value,
                provider.GetRequiredService<ILocalSiloDetails>(),
                provider.GetRequiredService<TimeProvider>()));
        });
    }
}
