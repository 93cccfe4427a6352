using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace OrleansShop.Engine.Hosting;

/// <summary>This silo: its name and address, fixed when it is first asked for.</summary>
internal sealed class LocalSilo : ILocalSiloDetails
{
    public LocalSilo(IOptions<SiloOptions> silo, IOptions<ClusterOptions> cluster, IOptions<EndpointOptions> endpoints)
    {
        var address = endpoints.Value.AdvertisedIPAddress ?? IPAddress.Loopback;
        SiloAddress = SiloAddress.New(address, endpoints.Value.SiloPort, SiloAddress.AllocateNewGeneration());
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
