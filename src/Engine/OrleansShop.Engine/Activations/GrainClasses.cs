using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Activations;

/// <summary>The grain classes of a silo, prepared for use when the first grain of each is activated.</summary>
internal sealed class GrainClasses(
    GrainTypes types, ICodecProvider codecs, ActivationHost host, ServiceLifetimes lifetimes, IOptions<GrainCollectionOptions> collection, IOptions<SiloMessagingOptions> messaging,
    IOptions<StatelessWorkerOptions> workers, IEnumerable<IConfigureGrainContextProvider> configuratorProviders)
{
    private readonly IConfigureGrainContextProvider[] _configuratorProviders = [.. configuratorProviders];

    private readonly ConcurrentDictionary<GrainType, GrainClass> _classes = new();

    public GrainTypes Types => types;

    /// <summary>The class of a grain type; null if this silo does not host it.</summary>
    public GrainClass? Find(GrainType grainType)
    {
        if (_classes.TryGetValue(grainType, out var known)) return known;
        if (types.FindClass(grainType, codecs) is not { } type) return null;
        return _classes.GetOrAdd(grainType, GrainClass.Of(grainType, type, host, lifetimes, collection.Value, messaging.Value, workers.Value, _configuratorProviders));
    }
}
