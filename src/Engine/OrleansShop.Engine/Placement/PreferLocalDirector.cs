using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace OrleansShop.Engine.Placement;

/// <summary>Keeps a grain where it is, when it is asked to move: it prefers the silo that asks. New activations do not come here.</summary>
internal sealed class PreferLocalDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) => Task.FromResult(context.LocalSilo);
}
