using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;

namespace OrleansShop.ServiceDefaults.Silos;

/// <summary>Where a silo listens and how others reach it, on either engine.</summary>
internal static class SiloEndpoints
{
    /// <summary>Listens at every address of the machine and advertises the configured one; without one, the engine's default stays: loopback.</summary>
    public static void Configure(ISiloBuilder silo, SiloSettings settings)
    {
        if (settings.SiloName is { } name) silo.Configure<SiloOptions>(options => options.SiloName = name);
        if (settings.AdvertisedAddress is not { } address) return;

        var any = address.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;
        silo.Configure<EndpointOptions>(endpoints =>
        {
            endpoints.AdvertisedIPAddress = address;
            endpoints.SiloPort = settings.AdvertisedSiloPort ?? settings.SiloPort;
            endpoints.SiloListeningEndpoint = new IPEndPoint(any, settings.SiloPort);
            endpoints.GatewayPort = settings.GatewayPort == 0 ? 0 : settings.AdvertisedGatewayPort ?? settings.GatewayPort;
            endpoints.GatewayListeningEndpoint = settings.GatewayPort == 0 ? null : new IPEndPoint(any, settings.GatewayPort);
        });
    }
}
