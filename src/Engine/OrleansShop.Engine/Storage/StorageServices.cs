using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace OrleansShop.Engine.Storage;

/// <summary>The services that storage providers share.</summary>
internal static class StorageServices
{
    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton<IActivatorProvider, StateActivators>();
        services.TryAddSingleton<IGrainStorageSerializer, JsonGrainStorageSerializer>();
        services.TryAddSingleton<OrleansJsonSerializer>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<OrleansJsonSerializerOptions>, JsonOptions>());
    }

    // First, so that an application changes what is there, with the converters and the binder that need services.
    private sealed class JsonOptions(IServiceProvider services) : ConfigureOptions<OrleansJsonSerializerOptions>(
        options => options.JsonSerializerSettings = OrleansJsonSerializerSettings.GetDefaultSerializerSettings(services));
}
