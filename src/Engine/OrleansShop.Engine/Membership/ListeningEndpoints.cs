using System.Net;
using Orleans.Configuration;
using Orleans.Runtime;

namespace OrleansShop.Engine.Membership;

/// <summary>Where a silo listens.</summary>
/// <param name="Silos">For other silos.</param>
/// <param name="Clients">For clients; null if it takes none.</param>
internal sealed record ListeningEndpoints(IPEndPoint Silos, IPEndPoint? Clients)
{
    /// <summary>What the options say, at the ports that the silo is known by.</summary>
    public static ListeningEndpoints Of(EndpointOptions options, ILocalSiloDetails silo)
    {
        var silos = options.SiloListeningEndpoint ?? silo.SiloAddress.Endpoint;
        var clients = options.GatewayListeningEndpoint ?? silo.GatewayAddress.Endpoint;
        return new(
            silos.Port == 0 ? new IPEndPoint(silos.Address, silo.SiloAddress.Endpoint.Port) : silos,
            clients.Port == 0 ? null : clients);
    }
}
