using Microsoft.Extensions.DependencyInjection;
using Orleans.EventSourcing;
using Orleans.EventSourcing.StateStorage;
using Orleans.Providers;

namespace Orleans.Hosting;

/// <summary>Adds log consistency providers that keep states without their events in grain storage.</summary>
public static class StateStorageSiloBuilderExtensions
{
    /// <summary>Adds a provider that grains name as <paramref name="name"/>.</summary>
    public static ISiloBuilder AddStateStorageBasedLogConsistencyProvider(this ISiloBuilder builder, string name = "StateStorage")
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        builder.Services.AddKeyedSingleton<ILogViewAdaptorFactory, LogConsistencyProvider>(name);
        return builder;
    }

    /// <summary>Adds the provider of grains that name none.</summary>
    public static ISiloBuilder AddStateStorageBasedLogConsistencyProviderAsDefault(this ISiloBuilder builder) =>
        builder.AddStateStorageBasedLogConsistencyProvider(ProviderConstants.DEFAULT_LOG_CONSISTENCY_PROVIDER_NAME);
}
