using Orleans.EventSourcing;
using Orleans.Runtime;
using Orleans.Storage;

namespace OrleansShop.Engine.EventSourcing;

/// <summary>Finds what an event-sourced grain needs of its silo.</summary>
internal interface ILogProviders
{
    /// <summary>The log consistency provider of grains that name none where no default one is registered.</summary>
    ILogViewAdaptorFactory Fallback { get; }

    /// <summary>The log consistency provider of a grain class.</summary>
    /// <exception cref="BadProviderConfigException">The one that it names is not registered, or it names none and there is no default.</exception>
    ILogViewAdaptorFactory FactoryOf(Type grainClass, ILogViewAdaptorFactory? fallback);

    /// <summary>The storage provider of a grain class.</summary>
    /// <exception cref="BadProviderConfigException">It is not registered.</exception>
    IGrainStorage StorageOf(Type grainClass);

    /// <summary>What the adaptor of one activation asks of the engine.</summary>
    ILogConsistencyProtocolServices ServicesOf(IGrainContext context);
}
