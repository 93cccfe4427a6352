using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers;
using OrleansShop.Engine.Streams;
using OrleansShop.Engine.Streams.Memory;

namespace Orleans.Hosting;

/// <summary>Configures a provider of streams in memory in a silo; making one adds the provider.</summary>
/// <typeparam name="TSerializer">Writes what is published.</typeparam>
public class SiloMemoryStreamConfigurator<TSerializer> : SiloRecoverableStreamConfigurator, ISiloMemoryStreamConfigurator
    where TSerializer : class, IMemoryMessageBodySerializer
{
    /// <summary>Adds a provider.</summary>
    /// <param name="name">The provider's name.</param>
    /// <param name="configureServicesDelegate">Calls back with the services of the host.</param>
    public SiloMemoryStreamConfigurator(string name, Action<Action<IServiceCollection>> configureServicesDelegate)
        : base(name, configureServicesDelegate, static (services, provider) => new MemoryAdapterFactory(provider, services)) =>
        ConfigureDelegate(services => StreamServices.AddMemoryToSilo<TSerializer>(services, Name));
}
