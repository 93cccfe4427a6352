using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace OrleansShop.Engine.Placement;

/// <summary>Finds the director of a rule, and asks it.</summary>
internal sealed class PlacementDirectors(IServiceProvider services)
{
    /// <summary>Asks the director of <paramref name="strategy"/> where a grain shall be.</summary>
    /// <exception cref="OrleansException">The rule has no director, or the director chose no silo.</exception>
    public async Task<SiloAddress> Choose(PlacementStrategy strategy, PlacementTarget target, PlacementContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var director = services.GetKeyedService<IPlacementDirector>(strategy.GetType()) ?? throw new OrleansConfigurationException(
            $"{context.GrainClass.Type} is placed by {strategy.GetType()}, which has no director here. Register one in every silo: AddPlacementDirector<{strategy.GetType().Name}, …>().");
        return await director.OnAddActivation(strategy, target, context)
            ?? throw new OrleansException($"{director.GetType()} chose no silo for {target.GrainIdentity}.");
    }
}
