namespace Orleans.Runtime.Placement;

/// <summary>Decides where new activations of grains with one <see cref="PlacementStrategy"/> live. Asked by the silo that owns the grain.</summary>
public interface IPlacementDirector
{
    /// <summary>The key in the <see cref="RequestContext"/> under which a caller names the <see cref="SiloAddress"/> where it would like a grain to be.</summary>
    public const string PlacementHintKey = "orleansshop.placement-hint";

    /// <summary>Returns the silo that shall run the grain, one of <see cref="IPlacementContext.GetCompatibleSilos"/>.</summary>
    /// <param name="strategy">The grain class's rule.</param>
    /// <param name="target">The grain, and the call that wants it.</param>
    /// <param name="context">Which silos there are.</param>
    Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context);

    /// <summary>Returns the silo that the context of a call names, if it is among <paramref name="compatibleSilos"/>; otherwise null.</summary>
    public static SiloAddress? GetPlacementHint(Dictionary<string, object>? requestContextData, SiloAddress[] compatibleSilos)
    {
        ArgumentNullException.ThrowIfNull(compatibleSilos);
        var hint = requestContextData?.GetValueOrDefault(PlacementHintKey) as SiloAddress;
        return Array.Find(compatibleSilos, silo => silo.Equals(hint));
    }
}
