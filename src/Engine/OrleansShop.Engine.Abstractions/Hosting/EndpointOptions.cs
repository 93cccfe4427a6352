using System.Net;

namespace Orleans.Configuration;

/// <summary>Where a silo listens and where others reach it.</summary>
public class EndpointOptions
{
    /// <summary>The silo port if none is set.</summary>
    public const int DEFAULT_SILO_PORT = 11111;

    /// <summary>The gateway port if none is set.</summary>
    public const int DEFAULT_GATEWAY_PORT = 30000;

    /// <summary>The address by which silos and clients reach this silo. Default: loopback, which serves one machine only.</summary>
    public IPAddress AdvertisedIPAddress { get; set; } = IPAddress.Loopback;

    /// <summary>The port for other silos, 0 for any free one. Default: 11111.</summary>
    public int SiloPort { get; set; } = DEFAULT_SILO_PORT;

    /// <summary>The port for clients; 0 accepts none. Default: 30000.</summary>
    public int GatewayPort { get; set; } = DEFAULT_GATEWAY_PORT;

    /// <summary>Where to listen for silos. Default, null: at the advertised address and port.</summary>
    public IPEndPoint? SiloListeningEndpoint { get; set; }

    /// <summary>Where to listen for clients. Default, null: at the advertised address and gateway port.</summary>
    public IPEndPoint? GatewayListeningEndpoint { get; set; }
}
