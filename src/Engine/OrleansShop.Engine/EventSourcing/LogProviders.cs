using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.EventSourcing;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Storage;
using OrleansShop.Engine.Storage;

namespace OrleansShop.Engine.EventSourcing;

/// <summary>Finds what event-sourced grains need of their silo.</summary>
internal sealed class LogProviders(
    IServiceProvider services, ProviderNames names, DeepCopier copier, TimeProvider time, IOptions<ClusterOptions> cluster, ILogger<GrainLogServices> logger) : ILogProviders
{
    public ILogViewAdaptorFactory Fallback { get; } = new Orleans.EventSourcing.StateStorage.LogConsistencyProvider();

    public ILogViewAdaptorFactory FactoryOf(Type grainClass, ILogViewAdaptorFactory? fallback)
    {
        var named = grainClass.GetCustomAttribute<LogConsistencyProviderAttribute>()?.ProviderName;
        var name = named ?? ProviderConstants.DEFAULT_LOG_CONSISTENCY_PROVIDER_NAME;
        return services.GetKeyedService<ILogViewAdaptorFactory>(name)
            ?? (named is null ? fallback : null)
            ?? throw new BadProviderConfigException(
                $"{grainClass} keeps its log with the log consistency provider \"{name}\", and none is registered under that name; {names.Registered<ILogViewAdaptorFactory>()}. Add one to the silo, for instance AddLogStorageBasedLogConsistencyProvider(\"{name}\").");
    }

    public IGrainStorage StorageOf(Type grainClass)
    {
        var name = grainClass.GetCustomAttribute<StorageProviderAttribute>()?.ProviderName ?? ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME;
        return services.GetKeyedService<IGrainStorage>(name) ?? throw new BadProviderConfigException(
            $"{grainClass} keeps its log with the storage provider \"{name}\" ([StorageProvider]), and none is registered under that name; {names.Registered<IGrainStorage>()}. Add one to the silo, for instance AddMemoryGrainStorage(\"{name}\").");
    }

    public ILogConsistencyProtocolServices ServicesOf(IGrainContext context) => new GrainLogServices(context, cluster.Value.ClusterId, copier, time, logger);
}
