using System.Net;

namespace OrleansShop.Engine.Simulation.Cluster;

/// <summary>Who a simulated silo is. Its generation counts the starts, not the seconds of the real clock.</summary>
internal sealed class SiloIdentity(string name, IPAddress address, int generation) : ILocalSiloDetails
{
    public const int SiloPort = 11_111;
    public const int GatewayPort = 30_000;

    public string Name => name;

    public string ClusterId => "simulated";

    public string DnsHostName => address.ToString();

    public SiloAddress SiloAddress { get; } = SiloAddress.New(address, SiloPort, generation);

    public SiloAddress GatewayAddress { get; } = SiloAddress.New(address, GatewayPort, 0);
}
