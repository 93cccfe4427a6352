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
        if (services.Any(static service => service.ImplementationType == typeof(JsonOptions))) return;

        // Before what an application has configured already: it changes settings that have the converters and the binder in them, which need services.
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<OrleansJsonSerializerOptions>, JsonOptions>());
    }

    private sealed class JsonOptions(IServiceProvider services) : ConfigureOptions<OrleansJsonSerializerOptions>(
        options => options.JsonSerializerSettings = OrleansJsonSerializerSettings.GetDefaultSerializerSettings(services));
}
