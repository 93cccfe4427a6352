using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using OrleansShop.ServiceDefaults.Streams;
using OrleansShop.Strangler.Capabilities;

namespace OrleansShop.ServiceDefaults.Silos;

/// <summary>The official engine. Compiled with <c>ActorEngine=Orleans</c> only; see <c>docs/engine/orleans-packages.md</c>.</summary>
internal static class SiloEngine
{
    public static void Configure(ISiloBuilder silo, SiloSettings settings, IReadOnlyList<ServiceGrains> services)
    {
        var (siloPort, gatewayPort) = (settings.SiloPort == 0 ? FreePort() : settings.SiloPort, settings.GatewayPort == 0 ? FreePort() : settings.GatewayPort);
        switch (settings.Membership)
        {
            case MembershipKind.Memory:
                silo.UseLocalhostClustering(siloPort, gatewayPort, primarySiloEndpoint: null, settings.ServiceId, settings.ClusterId);
                break;
            case MembershipKind.DynamoDB:
                silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (settings.ClusterId, settings.ServiceId));
                silo.Configure<EndpointOptions>(endpoints => (endpoints.SiloPort, endpoints.GatewayPort) = (siloPort, gatewayPort));
                SiloClustering.UseDynamoDB(silo, settings.DynamoDB);
                break;
            default:
                throw new SiloConfigurationException(
                    [new ConfigurationFault("Cluster:Membership", settings.Membership.ToString(), "Memory or DynamoDB: the official engine has no membership in a file")]);
        }

        SiloEndpoints.Configure(silo, settings with { SiloPort = siloPort, GatewayPort = gatewayPort });

        // This engine offers every grain class that it finds; a silo of ours hosts those of its own services and no others.
        silo.Services.PostConfigure<GrainTypeOptions>(types => types.Classes.RemoveWhere(type => IsOfApplication(type) && !services.Any(service => service.GrainClasses.Contains(type))));
        SiloStorage.Add(silo, settings, services);
        SiloStreams.Add(silo, settings);
        silo.Services.AddSingleton<IStreamOperations, NoStreamOperations>();
    }

    /// <summary>Adds an <see cref="IGrainOwners"/> that knows none: asking this engine's directory would cost the hop that knowing saves.</summary>
    public static void AddGrainOwners(IServiceCollection services, SiloSettings settings) => services.TryAddSingleton<IGrainOwners, NoGrainOwners>();

    /// <summary>Never seen here: this engine ends its process at once when it learns that its silo was declared dead.</summary>
    public static bool HasLostMembership(IServiceProvider services) => false;

    // The engine's own grains stay: it needs them wherever it runs.
    private static bool IsOfApplication(Type type) => type.Assembly.GetName().Name!.StartsWith("OrleansShop.", StringComparison.Ordinal);

    // This engine does not take port 0.
    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
