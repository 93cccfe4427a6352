using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using OrleansShop.Engine.TestingHost;

namespace Orleans.TestingHost;

/// <summary>Builds the hosts of a <see cref="TestCluster"/> from configuration, and carries configuration to other processes.</summary>
#pragma warning disable CA1052, CA1053 // It has a public constructor in the official API.
public class TestClusterHostFactory
#pragma warning restore CA1052, CA1053
{
    /// <summary>Builds the host of a silo; nothing is started.</summary>
    /// <param name="hostName">The silo's name, if the configuration has none.</param>
    /// <param name="configuration">The cluster's configuration: <see cref="TestClusterOptions.ToDictionary"/> and <see cref="TestSiloSpecificOptions.ToDictionary"/>.</param>
    /// <param name="postConfigureHostBuilder">Has the last word on the host; null for nothing.</param>
    public static IHost CreateSiloHost(string hostName, IConfiguration configuration, Action<IHostBuilder>? postConfigureHostBuilder = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return ConfiguredHosts.Silo(configuration[nameof(TestSiloSpecificOptions.SiloName)] ?? hostName, configuration, postConfigureHostBuilder);
    }

    /// <summary>Builds the host of a client; nothing is started.</summary>
    /// <param name="hostName">The client's name; clients of this engine have none, and it is not used.</param>
    /// <param name="configuration">The cluster's configuration.</param>
    /// <param name="postConfigureHostBuilder">Has the last word on the host; null for nothing.</param>
    public static IHost CreateClusterClient(string hostName, IConfiguration configuration, Action<IHostBuilder>? postConfigureHostBuilder = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return ConfiguredHosts.Client(configuration, postConfigureHostBuilder);
    }

    /// <summary>Writes every value of a configuration into one string.</summary>
    public static string SerializeConfiguration(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return JsonSerializer.Serialize(configuration.AsEnumerable().Where(pair => pair.Value is not null).ToDictionary());
    }

    /// <summary>Reads what <see cref="SerializeConfiguration"/> wrote.</summary>
    /// <exception cref="JsonException">The string was not written by it.</exception>
    public static IConfiguration DeserializeConfiguration(string serializedSources) =>
        new ConfigurationBuilder().AddInMemoryCollection(JsonSerializer.Deserialize<Dictionary<string, string?>>(serializedSources)).Build();
}
