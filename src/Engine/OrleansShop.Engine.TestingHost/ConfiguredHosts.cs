using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace OrleansShop.Engine.TestingHost;

/// <summary>Builds the hosts of a <see cref="TestCluster"/> from configuration: it names the cluster and the classes that configure them.</summary>
internal static class ConfiguredHosts
{
    public static IHost Silo(string siloName, IConfiguration configuration, Action<IHostBuilder>? postConfigure)
    {
        var network = ClusterNetwork.Of(ClusterId(configuration));
        var cluster = configuration.GetTestClusterOptions();
        var builder = NewBuilder(configuration);
        var configurators = Configurators(configuration, nameof(TestClusterOptions.SiloBuilderConfiguratorTypes));
        builder.UseOrleans((_, silo) =>
        {
            silo.Configure<SiloOptions>(options => options.SiloName = siloName);
            silo.Services.PostConfigure<ClusterOptions>(options => Name(options, configuration));
            silo.Services.PostConfigure<EndpointOptions>(options =>
            {
                options.AdvertisedIPAddress = IPAddress.Loopback;
                options.SiloPort = Number(configuration, nameof(TestSiloSpecificOptions.SiloPort));
                options.GatewayPort = Number(configuration, nameof(TestSiloSpecificOptions.GatewayPort));
            });
            foreach (var configurator in configurators.OfType<ISiloConfigurator>())
                configurator.Configure(silo);

            // After the configurators: whatever clustering they ask for, the silos of a test cluster meet in memory, unless they are told not to.
            network.AddLog(silo.Services);
            if (cluster.UseTestClusterMembership)
                network.AddSilo(silo.Services, cluster.ConnectionTransport);
        });
        foreach (var configurator in configurators.OfType<IHostConfigurator>())
            configurator.Configure(builder);
        postConfigure?.Invoke(builder);
        return builder.Build();
    }

    public static IHost Client(IConfiguration configuration, Action<IHostBuilder>? postConfigure)
    {
        var network = ClusterNetwork.Of(ClusterId(configuration));
        var cluster = configuration.GetTestClusterOptions();
        var builder = NewBuilder(configuration);
        var configurators = Configurators(configuration, nameof(TestClusterOptions.ClientBuilderConfiguratorTypes));
        builder.UseOrleansClient((_, client) =>
        {
            client.Services.PostConfigure<ClusterOptions>(options => Name(options, configuration));
            foreach (var configurator in configurators.OfType<IClientBuilderConfigurator>())
                configurator.Configure(configuration, client);
            network.AddLog(client.Services);
            if (cluster.UseTestClusterMembership)
                network.AddClient(client.Services, cluster.ConnectionTransport);
        });
        foreach (var configurator in configurators.OfType<IHostConfigurator>())
            configurator.Configure(builder);
        postConfigure?.Invoke(builder);
        return builder.Build();
    }

    // Without the defaults of an ordinary host: environment, files and consoles are not a test's business, and take time.
    private static HostBuilder NewBuilder(IConfiguration configuration)
    {
        var builder = new HostBuilder();
        builder.Properties[TestClusterExtensions.ConfigurationKey] = configuration;
        builder.ConfigureHostConfiguration(host => host.AddConfiguration(configuration));
        builder.ConfigureServices(services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Information)));
        return builder;
    }

    private static List<object> Configurators(IConfiguration configuration, string key) =>
        [.. configuration.GetSection(key).GetChildren().Select(child => child.Value).OfType<string>().Select(Create)];

    private static object Create(string typeName) => Activator.CreateInstance(
        Type.GetType(typeName) ?? throw new InvalidOperationException($"The configurator '{typeName}' cannot be found. Name it with its assembly."))!;

    private static string ClusterId(IConfiguration configuration) =>
        configuration[nameof(TestClusterOptions.ClusterId)] ?? throw new InvalidOperationException("The configuration names no cluster: ClusterId is missing.");

    private static void Name(ClusterOptions options, IConfiguration configuration)
    {
        options.ClusterId = ClusterId(configuration);
        options.ServiceId = configuration[nameof(TestClusterOptions.ServiceId)] ?? options.ClusterId;
    }

    private static int Number(IConfiguration configuration, string key) => int.Parse(configuration[key] ?? "0", CultureInfo.InvariantCulture);
}
