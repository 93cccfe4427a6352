using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;
using OrleansShop.Engine.Streams;

namespace Orleans.Hosting;

/// <summary>Configures a stream provider in a silo; making one adds the provider.</summary>
public class SiloPersistentStreamConfigurator : NamedServiceConfigurator, ISiloPersistentStreamConfigurator
{
    /// <summary>Adds a provider.</summary>
    /// <param name="name">The provider's name.</param>
    /// <param name="configureDelegate">Calls back with the services of the host.</param>
    /// <param name="adapterFactory">Makes the parts that depend on the kind of queue.</param>
    public SiloPersistentStreamConfigurator(string name, Action<Action<IServiceCollection>> configureDelegate, Func<IServiceProvider, string, IQueueAdapterFactory> adapterFactory)
        : base(name, configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(adapterFactory);
        ConfigureDelegate(services => StreamServices.AddProviderToSilo(services, Name, adapterFactory));
    }
}
