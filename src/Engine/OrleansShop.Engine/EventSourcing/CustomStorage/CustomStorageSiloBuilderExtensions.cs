using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.EventSourcing;
using Orleans.EventSourcing.CustomStorage;
using Orleans.Providers;

namespace Orleans.Hosting;

/// <summary>Adds log consistency providers for grains that store their logs themselves.</summary>
public static class CustomStorageSiloBuilderExtensions
{
    /// <summary>Adds a provider that grains name as <paramref name="name"/>.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="name">The name.</param>
    /// <param name="primaryCluster">Accepted for compatibility: there is one cluster.</param>
    public static ISiloBuilder AddCustomStorageBasedLogConsistencyProvider(this ISiloBuilder builder, string name = "LogStorage", string? primaryCluster = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        builder.Services.AddKeyedSingleton<ILogViewAdaptorFactory>(name, (_, _) => new LogConsistencyProvider(new CustomStorageLogConsistencyOptions { PrimaryCluster = primaryCluster }));
        return builder;
    }

    /// <summary>Adds the provider of grains that name none.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="primaryCluster">Accepted for compatibility: there is one cluster.</param>
    public static ISiloBuilder AddCustomStorageBasedLogConsistencyProviderAsDefault(this ISiloBuilder builder, string? primaryCluster = null) =>
        builder.AddCustomStorageBasedLogConsistencyProvider(ProviderConstants.DEFAULT_LOG_CONSISTENCY_PROVIDER_NAME, primaryCluster);
}
