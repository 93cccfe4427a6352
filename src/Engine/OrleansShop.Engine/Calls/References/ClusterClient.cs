using Orleans;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Calls;

/// <summary>The way into the cluster for code that is not in a grain: in a silo's process, or in a client's.</summary>
internal sealed class ClusterClient(ReferenceFactory references, LocalObservers observers, ICodecProvider codecs, IServiceProvider services)
    : GrainFactory(references, observers, codecs), IClusterClient
{
    public IServiceProvider ServiceProvider => services;
}
