using Orleans.Providers;
using OrleansShop.Engine.Streams;
using OrleansShop.Engine.Streams.Memory;

namespace Orleans.Hosting;

/// <summary>Configures a provider of streams in memory in a client; making one adds the provider.</summary>
/// <typeparam name="TSerializer">Writes what is published.</typeparam>
public class ClusterClientMemoryStreamConfigurator<TSerializer> : ClusterClientPersistentStreamConfigurator, IClusterClientMemoryStreamConfigurator
    where TSerializer : class, IMemoryMessageBodySerializer
{
    /// <summary>Adds a provider.</summary>
    /// <param name="name">The provider's name.</param>
    /// <param name="builder">Puts the client together.</param>
    public ClusterClientMemoryStreamConfigurator(string name, IClientBuilder builder)
        : base(name, builder, static (services, provider) => new MemoryAdapterFactory(provider, services)) =>
        ConfigureDelegate(services => StreamServices.AddMemory<TSerializer>(services, Name));
}
