using Orleans;
using Orleans.Runtime;

namespace OrleansShop.Engine.Activations;

/// <summary>Tells whether a grain is active on this silo.</summary>
internal sealed class LocalActivations(ActivationCatalog catalog) : ILocalActivationStatusChecker
{
    public bool IsLocallyActivated(GrainId grainId) => catalog.Find(grainId) is not null;
}
