using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization.Serializers;
using OrleansShop.Engine.Storage;

namespace Orleans.Storage;

/// <summary>Makes grain storage in memory out of the options of its name.</summary>
public static class MemoryGrainStorageFactory
{
    /// <summary>Opens the storage with a name.</summary>
    public static MemoryGrainStorage Create(IServiceProvider services, string name)
    {
        ArgumentNullException.ThrowIfNull(services);
        var cluster = services.GetRequiredService<IOptions<ClusterOptions>>().Value;
        var options = services.GetRequiredService<IOptionsMonitor<MemoryGrainStorageOptions>>().Get(name);
        return new MemoryGrainStorage(
            name,
            MemoryStore.Open(cluster.ServiceId, cluster.ClusterId, name),
            options.GrainStorageSerializer ?? services.GetRequiredService<IGrainStorageSerializer>(),
            services.GetRequiredService<IActivatorProvider>());
    }
}
