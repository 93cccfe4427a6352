using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Placement;
using Orleans.Runtime;

namespace OrleansShop.Engine.Placement;

/// <summary>Tells the rules that the ring itself is from those that need a redirect.</summary>
internal static class PlacementRules
{
    /// <summary>The rule of a grain class; null if its grains live with their owners.</summary>
    /// <param name="grainClass">The class, whose attribute counts.</param>
    /// <param name="services">Where the application may have registered a rule for classes without an attribute.</param>
    public static PlacementStrategy? Of(Type grainClass, IServiceProvider services)
    {
        var strategy = grainClass.GetCustomAttribute<PlacementAttribute>(inherit: true)?.PlacementStrategy ?? services.GetService<PlacementStrategy>();
        return strategy is RandomPlacement or HashBasedPlacement or ActivationCountBasedPlacement or ResourceOptimizedPlacement ? null : strategy;
    }
}
