using System.Collections.Immutable;
using System.Net;
using OrleansShop.Gateway.Following;
using OrleansShop.Gateway.Forwarding;
using OrleansShop.Gateway.Mirroring;
using OrleansShop.Gateway.Ownership;
using OrleansShop.Gateway.Repair;
using OrleansShop.ServiceDefaults.Silos;
using OrleansShop.Strangler.Capabilities;

namespace OrleansShop.Gateway.Settings;

/// <summary>The whole configuration, read and checked once, before anything starts. Immutable.</summary>
internal sealed record GatewaySettings(
    GatewayOptions Gateway,
    ForwardingOptions Forwarding,
    OwnerRoutingOptions OwnerRouting,
    FollowingOptions Following,
    RepairOptions Repair,
    MirroringOptions Mirroring,
    SiloSettings Cluster,
    CapabilityCatalog Catalog,
    ImmutableArray<Uri> Monolith,
    ImmutableArray<IPNetwork> TrustedProxies)
{
    private const int MaxCapabilities = 64;

    /// <exception cref="GatewayConfigurationException">Something is wrong; it lists every fault.</exception>
    public static GatewaySettings Read(IConfiguration configuration)
    {
        var faults = new List<ConfigurationFault>();
        var gateway = SectionReader.Read<GatewayOptions>(configuration.GetSection(GatewayOptions.Section), faults, "Forwarding", "OwnerRouting", "Following", "Repair", "Mirroring");
        var forwarding = SectionReader.Read<ForwardingOptions>(configuration.GetSection(ForwardingOptions.Section), faults);
        var owners = SectionReader.Read<OwnerRoutingOptions>(configuration.GetSection(OwnerRoutingOptions.Section), faults);
        var following = SectionReader.Read<FollowingOptions>(configuration.GetSection(FollowingOptions.Section), faults);
        var repair = SectionReader.Read<RepairOptions>(configuration.GetSection(RepairOptions.Section), faults);
        var mirroring = SectionReader.Read<MirroringOptions>(configuration.GetSection(MirroringOptions.Section), faults);
        var cluster = SiloSettings.Read(configuration, faults);
        var monolith = ReadAddresses($"{GatewayOptions.Section}:{nameof(GatewayOptions.Monolith)}", gateway.Monolith, faults);
        var proxies = ReadNetworks($"{ForwardingOptions.Section}:{nameof(ForwardingOptions.TrustedProxies)}", forwarding.TrustedProxies, faults);
        if (string.IsNullOrWhiteSpace(gateway.DataFolder))
        {
            faults.Add(new ConfigurationFault($"{GatewayOptions.Section}:{nameof(GatewayOptions.DataFolder)}", gateway.DataFolder, "the path of a folder"));
        }

        var catalog = ReadCatalog(configuration, faults);
        return faults.Count == 0
            ? new GatewaySettings(gateway, forwarding, owners, following, repair, mirroring, cluster, catalog!, monolith, proxies)
            : throw new GatewayConfigurationException(faults);
    }

    private static CapabilityCatalog? ReadCatalog(IConfiguration configuration, List<ConfigurationFault> faults)
    {
        try
        {
            var catalog = CapabilityCatalog.Read(configuration);
            faults.AddRange(FaultsOfNumber(catalog));
            return catalog;
        }
        catch (CapabilityConfigurationException invalid)
        {
            faults.AddRange(invalid.Faults);
            return null;
        }
    }

    /// <summary>Sets of capabilities and of processes are 64-bit numbers.</summary>
    private static IEnumerable<ConfigurationFault> FaultsOfNumber(CapabilityCatalog catalog)
    {
        if (catalog.Capabilities.Length > MaxCapabilities)
        {
            yield return new(CapabilityCatalog.Section, $"{catalog.Capabilities.Length} capabilities", $"at most {MaxCapabilities}");
        }

        foreach (var capability in catalog.Capabilities.Where(static capability => capability.Services.Length > Backend.MaxDestinations))
        {
            yield return new($"{CapabilityCatalog.Section}:{capability.Name}:Service", $"{capability.Services.Length} addresses", $"at most {Backend.MaxDestinations}");
        }
    }

    private static ImmutableArray<Uri> ReadAddresses(string key, string given, List<ConfigurationFault> faults)
    {
        var addresses = ImmutableArray.CreateBuilder<Uri>();
        foreach (var part in Split(given))
        {
            if (Uri.TryCreate(part, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.PathAndQuery == "/")
            {
                addresses.Add(address);
                continue;
            }

            faults.Add(new ConfigurationFault(key, part, "http or https addresses without a path, separated by ';', such as http://127.0.0.1:9966"));
        }

        if (Split(given).Length is 0 or > Backend.MaxDestinations)
        {
            faults.Add(new ConfigurationFault(key, given, $"1 to {Backend.MaxDestinations} addresses, separated by ';'"));
        }

        return addresses.ToImmutable();
    }

    private static ImmutableArray<IPNetwork> ReadNetworks(string key, string given, List<ConfigurationFault> faults)
    {
        var networks = ImmutableArray.CreateBuilder<IPNetwork>();
        foreach (var part in Split(given))
        {
            if (IPNetwork.TryParse(part, out var network))
            {
                networks.Add(network);
                continue;
            }

            faults.Add(new ConfigurationFault(key, part, "networks in CIDR form, separated by ';', such as 10.0.0.0/8"));
        }

        return networks.ToImmutable();
    }

    private static string[] Split(string given) => given.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
