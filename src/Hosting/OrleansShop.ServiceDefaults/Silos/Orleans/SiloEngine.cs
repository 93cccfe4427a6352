using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using OrleansShop.Strangler.Capabilities;

namespace OrleansShop.ServiceDefaults.Silos;

/// <summary>The official engine. Compiled with <c>ActorEngine=Orleans</c> only; see <c>docs/engine/orleans-packages.md</c>.</summary>
internal static class SiloEngine
{
    public static void Configure(ISiloBuilder silo, SiloSettings settings, IReadOnlyList<ServiceGrains> services)
    {
        if (settings.Membership != MembershipKind.Memory)
        {
            throw new SiloConfigurationException(
                [new ConfigurationFault("Cluster:Membership", settings.Membership.ToString(), "Memory: the official engine has no membership in a file")]);
        }

        silo.UseLocalhostClustering(
            settings.SiloPort == 0 ? FreePort() : settings.SiloPort,
            settings.GatewayPort == 0 ? FreePort() : settings.GatewayPort,
            primarySiloEndpoint: null,
            settings.ServiceId,
            settings.ClusterId);

        // This engine offers every grain class that it finds; a silo of ours hosts those of its own services and no others.
        silo.Services.PostConfigure<GrainTypeOptions>(types => types.Classes.RemoveWhere(type => IsOfApplication(type) && !services.Any(service => service.GrainClasses.Contains(type))));
        SiloStorage.Add(silo, settings, services);
    }

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
