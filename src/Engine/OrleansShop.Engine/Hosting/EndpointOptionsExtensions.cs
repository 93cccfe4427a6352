using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Configures where a silo listens.</summary>
public static class EndpointOptionsExtensions
{
    /// <summary>Sets the ports; the advertised address is the machine's.</summary>
    public static ISiloBuilder ConfigureEndpoints(
        this ISiloBuilder builder, int siloPort, int gatewayPort, AddressFamily addressFamily = AddressFamily.InterNetwork, bool listenOnAnyHostAddress = false) =>
        builder.ConfigureEndpoints(hostname: null, siloPort, gatewayPort, addressFamily, listenOnAnyHostAddress);

    /// <summary>Sets the ports and the advertised address.</summary>
    public static ISiloBuilder ConfigureEndpoints(this ISiloBuilder builder, IPAddress advertisedIP, int siloPort, int gatewayPort, bool listenOnAnyHostAddress = false)
    {
        ArgumentNullException.ThrowIfNull(advertisedIP);
        return builder.Configure<EndpointOptions>(options =>
        {
            options.AdvertisedIPAddress = advertisedIP;
            options.SiloPort = siloPort;
            options.GatewayPort = gatewayPort;
            if (!listenOnAnyHostAddress) return;
            var any = advertisedIP.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;
            options.SiloListeningEndpoint = new IPEndPoint(any, siloPort);
            options.GatewayListeningEndpoint = gatewayPort == 0 ? null : new IPEndPoint(any, gatewayPort);
        });
    }

    /// <summary>Sets the ports and, by the name of a host, the advertised address; null for this machine.</summary>
    public static ISiloBuilder ConfigureEndpoints(
        this ISiloBuilder builder, string? hostname, int siloPort, int gatewayPort, AddressFamily addressFamily = AddressFamily.InterNetwork, bool listenOnAnyHostAddress = false)
    {
        var addresses = Dns.GetHostAddresses(hostname ?? Dns.GetHostName(), addressFamily);
        var address = Array.Find(addresses, static candidate => !IPAddress.IsLoopback(candidate)) ?? addresses.FirstOrDefault() ?? IPAddress.Loopback;
        return builder.ConfigureEndpoints(address, siloPort, gatewayPort, listenOnAnyHostAddress);
    }
}
