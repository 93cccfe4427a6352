using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Client;
using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Messaging;
using OrleansShop.Engine.Messaging.Connections;
using OrleansShop.Engine.Messaging.Frames;
using OrleansShop.Engine.Messaging.Transport;
using OrleansShop.Engine.Placement;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Hosting;

/// <summary>The services that make silos and clients a cluster.</summary>
internal static class ClusterServices
{
    public const string ClusteringSection = SiloServices.ConfigurationSection + ":Clustering";

    /// <summary>Adds what a silo needs to be one of several, with the membership table that <paramref name="table"/> makes. The last table added counts.</summary>
    public static void AddSilo(IServiceCollection services, Func<IServiceProvider, IViewTable> table)
    {
        services.Replace(ServiceDescriptor.Singleton(table));
        if (services.Any(service => service.ServiceType == typeof(SiloLife)))
            return;

        AddMessaging(services);
        services.Replace(ServiceDescriptor.Singleton<ICallRouter>(provider => provider.GetRequiredService<ClusterRouter>()));
        services.AddSingleton(provider => SiloPeer(provider));
        services.AddSingleton(provider => Limits<SiloMessagingOptions>(provider, isClient: false));
        services.AddSingleton(provider => ListeningEndpoints.Of(
            provider.GetRequiredService<IOptions<EndpointOptions>>().Value, provider.GetRequiredService<ILocalSiloDetails>()));
        services.AddSingleton(provider => new SiloLease(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IHealthCheckParticipant, LeaseHealth>();
        services.AddSingleton(provider => new LeaseKeeper(
            provider.GetRequiredService<IViewTable>(),
            provider.GetRequiredService<ILocalSiloDetails>().SiloAddress,
            provider.GetRequiredService<SiloLease>(),
            provider.GetRequiredService<IOptions<ClusteringOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<LeaseKeeper>>()));
        services.AddSingleton(provider => new ViewTableWatch(
            provider.GetRequiredService<IViewTable>(),
            provider.GetRequiredService<ILocalSiloDetails>().SiloAddress,
            provider.GetRequiredService<IOptions<ClusteringOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ViewTableWatch>>()));
        PlacementServices.Add(services);
        services.AddSingleton<SiloViews>();
        services.AddSingleton<MembershipNews>();
        services.AddSingleton<IClusterMembershipService>(provider => provider.GetRequiredService<MembershipNews>());
        services.AddSingleton<ISiloStatusOracle>(provider => provider.GetRequiredService<MembershipNews>());
        services.AddSingleton<IViews>(provider => provider.GetRequiredService<SiloViews>());
        services.AddSingleton<ISiloFrames>(provider => provider.GetRequiredService<SiloViews>());
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<SiloLife>(provider, provider.GetRequiredService<IOptions<ClusteringOptions>>().Value));
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<SiloLife>());
        services.AddSingleton<IConfigurationValidator, ClusteringOptionsValidator>();
    }

    /// <summary>Adds what a client needs to reach a cluster.</summary>
    public static void AddClient(IServiceCollection services)
    {
        AddMessaging(services);
        services.Replace(ServiceDescriptor.Singleton<ICallRouter>(provider => provider.GetRequiredService<ClusterRouter>()));
        services.AddSingleton(provider => ClientPeer(provider));
        services.AddSingleton(provider => Limits<ClientMessagingOptions>(provider, isClient: true));
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<ConnectionOptions>>().Value;
            return new ClientLimits(options.OpenConnectionTimeout, options.ConnectionRetryDelay);
        });
        services.AddSingleton<ClientViews>();
        services.AddSingleton<IViews>(provider => provider.GetRequiredService<ClientViews>());
        services.AddSingleton<ISiloFrames>(provider => provider.GetRequiredService<ClientViews>());
        services.AddSingleton<ClientLife>();
        services.AddSingleton<IConfigurationValidator, ClusteringOptionsValidator>();
    }

    private static void AddMessaging(IServiceCollection services)
    {
        services.AddOptions<ClusteringOptions>().Configure<IServiceProvider>(
            static (options, provider) => provider.GetService<IConfiguration>()?.GetSection(ClusteringSection).Bind(options));
        services.TryAddSingleton<IClusterTransport>(provider => new TcpTransport(provider.GetRequiredService<IOptions<ClusteringOptions>>().Value.MaxPendingBytes));
        services.AddSingleton(provider => new RingHolder(provider.GetRequiredService<LocalPeer>().Silo));
        services.AddSingleton<IGrainLocation>(provider => provider.GetRequiredService<RingHolder>());
        services.AddSingleton(provider => new ClusterConnections(
            provider.GetRequiredService<LocalPeer>(),
            provider.GetRequiredService<IClusterTransport>(),
            ConnectionLimitsOf(provider),
            provider.GetRequiredService<ICodecProvider>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ClusterConnections>>()));
        services.AddSingleton<OutgoingRequests>();
        services.AddSingleton<ClusterRouter>();
        services.AddSingleton<IncomingCalls>();
        services.AddSingleton<IMessageHandler, MessageHandler>();
    }

    private static LocalPeer SiloPeer(IServiceProvider provider)
    {
        var cluster = provider.GetRequiredService<IOptions<ClusterOptions>>().Value;
        return new(PeerRole.Silo, cluster.ClusterId, cluster.ServiceId, provider.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToParsableString());
    }

    private static LocalPeer ClientPeer(IServiceProvider provider)
    {
        var cluster = provider.GetRequiredService<IOptions<ClusterOptions>>().Value;
        return new(PeerRole.Client, cluster.ClusterId, cluster.ServiceId, provider.GetRequiredService<ProcessIdentity>().ClientId);
    }

    private static RouterLimits Limits<TMessaging>(IServiceProvider provider, bool isClient)
        where TMessaging : MessagingOptions
    {
        var clustering = provider.GetRequiredService<IOptions<ClusteringOptions>>().Value;
        var messaging = provider.GetRequiredService<IOptions<TMessaging>>().Value;
        var silo = messaging as SiloMessagingOptions ?? new SiloMessagingOptions();
        return new(messaging.MaxMessageBodySize, clustering.MaxWaitingCalls, clustering.MaxPendingBytes, silo.MaxForwardCount,
            provider.GetRequiredService<IOptions<ConnectionOptions>>().Value.OpenConnectionTimeout, silo.ClientDropTimeout, isClient);
    }

    private static ConnectionLimits ConnectionLimitsOf(IServiceProvider provider)
    {
        var connection = provider.GetRequiredService<IOptions<ConnectionOptions>>().Value;
        var messaging = provider.GetRequiredService<MessagingOptions>();
        var longest = (int)Math.Min((long)messaging.MaxMessageBodySize + messaging.MaxMessageHeaderSize, int.MaxValue / 2);
        return new(
            longest, connection.OpenConnectionTimeout, connection.ConnectionRetryDelay, provider.GetRequiredService<IOptions<ClusteringOptions>>().Value.RefusedMeansDead);
    }
}
