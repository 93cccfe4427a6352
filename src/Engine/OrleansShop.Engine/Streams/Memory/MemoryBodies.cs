using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers;

namespace OrleansShop.Engine.Streams.Memory;

/// <summary>Finds how bodies of a provider's messages are written.</summary>
internal static class MemoryBodies
{
    /// <summary>The provider's own serializer, or the usual one in a process that has subscribers and not the provider.</summary>
    public static IMemoryMessageBodySerializer SerializerOf(IServiceProvider services, string provider) =>
        services.GetKeyedService<IMemoryMessageBodySerializer>(provider) ?? services.GetRequiredService<DefaultMemoryMessageBodySerializer>();
}
