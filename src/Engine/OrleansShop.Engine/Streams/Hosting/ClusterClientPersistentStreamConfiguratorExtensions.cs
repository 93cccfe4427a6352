using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Configures stream providers in clients.</summary>
public static class ClusterClientPersistentStreamConfiguratorExtensions
{
    /// <summary>Configures when the provider starts. A client has no stages: the provider is ready with the client.</summary>
    public static void ConfigureLifecycle(this IClusterClientPersistentStreamConfigurator configurator, Action<OptionsBuilder<StreamLifecycleOptions>> configureOptions) =>
        configurator.Configure(configureOptions);
}
