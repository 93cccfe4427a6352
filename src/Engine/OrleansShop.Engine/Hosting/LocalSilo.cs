using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using OrleansShop.Engine.Membership;

namespace OrleansShop.Engine.Hosting;

/// <summary>This silo: its name and address, fixed when it is first asked for.</summary>
internal sealed class LocalSilo : ILocalSiloDetails
{
    public LocalSilo(IOptions<SiloOptions> silo, IOptions<ClusterOptions> cluster, IOptions<EndpointOptions> endpoints)
    {
        var address = endpoints.Value.AdvertisedIPAddress ?? IPAddress.Loopback;

        // The address is told to others before anything listens: where any free port is asked for, it is chosen here.
        var port = endpoints.Value.SiloPort != 0 ? endpoints.Value.SiloPort : FreePort.At(address);
        SiloAddress = SiloAddress.New(address, port, SiloAddress.AllocateNewGeneration());
        GatewayAddress = SiloAddress.New(address, endpoints.Value.GatewayPort, 0);
        Name = silo.Value.SiloName ?? $"Silo_{SiloAddress.Endpoint.Port}";
        ClusterId = cluster.Value.ClusterId;
        DnsHostName = Environment.MachineName;
    }

    public string Name { get; }

    public string ClusterId { get; }

    public string DnsHostName { get; }

    public SiloAddress SiloAddress { get; }

    public SiloAddress GatewayAddress { get; }
}
