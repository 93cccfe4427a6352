using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using OrleansShop.ServiceDefaults.Silos;
using OrleansShop.Strangler.Capabilities;

namespace OrleansShop.ServiceDefaults.Ecs;

/// <summary>Where a silo in an ECS task is reached, from what ECS says of the task.</summary>
public static class EcsEndpoints
{
    /// <summary>
    /// Puts into the configuration what ECS knows and nobody has configured: <c>Cluster:AdvertisedAddress</c>, <c>Cluster:AdvertisedSiloPort</c>,
    /// <c>Cluster:AdvertisedGatewayPort</c> and <c>Cluster:SiloName</c>. Does nothing outside of ECS, for a silo that is alone in its cluster, and where address and port
    /// are configured. Call it before the silo is added.
    /// </summary>
    /// <exception cref="EcsMetadataException">The task metadata endpoint does not answer, or not what it should.</exception>
    /// <exception cref="SiloConfigurationException">The task cannot be reached the way it is configured; the exception lists every fault.</exception>
    public static async Task AddEcsEndpointsAsync(this WebApplicationBuilder builder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Configuration.AddInMemoryCollection(await FindAsync(builder.Configuration, EcsMetadataLimits.Default, TimeProvider.System, new Random(), cancellationToken));
    }

    internal static async Task<IReadOnlyDictionary<string, string?>> FindAsync(
        IConfiguration configuration, EcsMetadataLimits limits, TimeProvider time, Random jitter, CancellationToken cancellationToken)
    {
        var faults = new List<ConfigurationFault>();
        var settings = SiloSettings.Read(configuration, faults);

        // Faults are listed with those of the rest of the configuration, when the silo is added.
        if (!EcsTask.IsIn(configuration) || faults.Count != 0 || settings is { Membership: MembershipKind.Memory } or { AdvertisedAddress: not null, AdvertisedSiloPort: not null })
        {
            return new Dictionary<string, string?>();
        }

        using var metadata = new EcsMetadata(configuration[EcsTask.MetadataVariable]!, configuration[EcsTask.FileVariable], limits, time, jitter);
        var found = Of(await metadata.ReadAsync(cancellationToken), settings, faults);
        return faults.Count == 0 ? found : throw new SiloConfigurationException(faults);
    }

    internal static IReadOnlyDictionary<string, string?> Of(EcsTask task, SiloSettings settings, ICollection<ConfigurationFault> faults)
    {
        if (settings.SiloPort == 0)
        {
            faults.Add(new ConfigurationFault("Cluster:SiloPort", "0", "a number from 1 to 65535 in an ECS task, because security groups and port mappings name ports"));
        }

        if (settings.AdvertisedAddress is null && task.Address is null)
        {
            faults.Add(new ConfigurationFault(
                "Cluster:AdvertisedAddress",
                Given: null,
                $"the address of the container's host, which ECS does not tell in the network mode {task.NetworkMode}; use the mode awsvpc, or have the agent write {EcsTask.FileVariable}, or set it"));
        }

        return new Dictionary<string, string?>
        {
            ["Cluster:AdvertisedAddress"] = (settings.AdvertisedAddress ?? task.Address)?.ToString(),
            ["Cluster:AdvertisedSiloPort"] = Text(settings.AdvertisedSiloPort ?? HostPort("Cluster:SiloPort", settings.SiloPort)),
            ["Cluster:AdvertisedGatewayPort"] = Text(settings.AdvertisedGatewayPort ?? HostPort("Cluster:GatewayPort", settings.GatewayPort)),
            ["Cluster:SiloName"] = settings.SiloName ?? $"{task.Group}-{task.Id}",
        };

        int? HostPort(string key, int port)
        {
            if (port == 0) return null;
            if (task.NetworkMode != "bridge") return port;
            if (task.HostPorts.TryGetValue(port, out var mapped)) return mapped;

            var known = task.HostPorts.IsEmpty ? "it maps none" : $"it maps {string.Join(", ", task.HostPorts.Keys.Order())}";
            faults.Add(new ConfigurationFault(key, Text(port), $"a container port of the task definition's portMappings, because the network mode is bridge; {known}"));
            return null;
        }
    }

    private static string? Text(int? port) => port?.ToString(CultureInfo.InvariantCulture);
}
