using Orleans.Streams;
using OrleansShop.Engine.Streams;

namespace Orleans.Hosting;

/// <summary>Configures a stream provider in a client; making one adds the provider.</summary>
public class ClusterClientPersistentStreamConfigurator : NamedServiceConfigurator, IClusterClientPersistentStreamConfigurator
{
    /// <summary>Adds a provider.</summary>
    /// <param name="name">The provider's name.</param>
    /// <param name="clientBuilder">Puts the client together.</param>
    /// <param name="adapterFactory">Makes the parts that depend on the kind of queue.</param>
    public ClusterClientPersistentStreamConfigurator(string name, IClientBuilder clientBuilder, Func<IServiceProvider, string, IQueueAdapterFactory> adapterFactory)
        : base(name, configure => configure(clientBuilder.Services))
    {
        ArgumentNullException.ThrowIfNull(adapterFactory);
        ConfigureDelegate(services => StreamServices.AddProviderToClient(services, Name, adapterFactory));
    }
}
