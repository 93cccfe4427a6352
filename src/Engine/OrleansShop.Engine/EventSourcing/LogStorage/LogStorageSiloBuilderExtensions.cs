using Microsoft.Extensions.DependencyInjection;
using Orleans.EventSourcing;
using Orleans.EventSourcing.LogStorage;
using Orleans.Providers;

namespace Orleans.Hosting;

/// <summary>Adds log consistency providers that keep whole logs in grain storage.</summary>
public static class LogStorageSiloBuilderExtensions
{
    /// <summary>Adds a provider that grains name as <paramref name="name"/>.</summary>
    public static ISiloBuilder AddLogStorageBasedLogConsistencyProvider(this ISiloBuilder builder, string name = "LogStorage")
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        builder.Services.AddKeyedSingleton<ILogViewAdaptorFactory, LogConsistencyProvider>(name);
        return builder;
    }

    /// <summary>Adds the provider of grains that name none.</summary>
    public static ISiloBuilder AddLogStorageBasedLogConsistencyProviderAsDefault(this ISiloBuilder builder) =>
        builder.AddLogStorageBasedLogConsistencyProvider(ProviderConstants.DEFAULT_LOG_CONSISTENCY_PROVIDER_NAME);
}
