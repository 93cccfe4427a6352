using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Orleans.TestingHost;

/// <summary>What a configurator of hosts can read about the cluster that it configures for.</summary>
public static class TestClusterExtensions
{
    internal const string ConfigurationKey = "Configuration";

    /// <summary>The configuration of the host's cluster.</summary>
    public static IConfiguration GetConfiguration(this IHostBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Properties.TryGetValue(ConfigurationKey, out var configuration) && configuration is IConfiguration found
            ? found
            : throw new InvalidOperationException("This host is not one of a test cluster: it has no configuration of one.");
    }

    /// <summary>A value of the configuration of the host's cluster; null if it has none.</summary>
    public static string? GetConfigurationValue(this IHostBuilder hostBuilder, string key) => hostBuilder.GetConfiguration()[key];

    /// <summary>The options of the host's cluster.</summary>
    public static TestClusterOptions GetTestClusterOptions(this IHostBuilder hostBuilder) => hostBuilder.GetConfiguration().GetTestClusterOptions();

    /// <summary>The options of a cluster, out of its configuration.</summary>
    public static TestClusterOptions GetTestClusterOptions(this IConfiguration config)
    {
        var options = new TestClusterOptions();
        config.Bind(options);
        return options;
    }
}
