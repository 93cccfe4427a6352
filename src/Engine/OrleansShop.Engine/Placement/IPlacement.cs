using Orleans.Runtime;
using OrleansShop.Engine.Activations;
using OrleansShop.Engine.Calls;

namespace OrleansShop.Engine.Placement;

/// <summary>Where grains go that may live elsewhere than with their owner, for the catalog of a silo in a cluster.</summary>
internal interface IPlacement
{
    /// <summary>
    /// Decides for a grain that this silo owns and that has no activation in its catalog. Called while the catalog holds its lock for making
    /// activations, so that a grain never gets an activation and a redirect; sends nothing.
    /// </summary>
    PlacementDecision Decide(GrainCall call, GrainClass grainClass, GrainId grain);

    /// <summary>Does what was decided with a call. Not for <see cref="PlacementDecisionKind.Here"/>.</summary>
    void Carry(PlacementDecision decision, GrainCall call, GrainClass grainClass);

    /// <summary>What the grain's previous owner has handed over; null if nothing. Called like <see cref="Decide"/>, for an activation that is made here.</summary>
    byte[]? TakeHandedOver(GrainId grain);

    /// <summary>The most that an activation may hand over.</summary>
    int MaxStateBytes { get; }

    /// <summary>Chooses where an activation moves. Null if that is where it is, so that nothing happens.</summary>
    Task<SiloAddress?> ChooseTarget(Activation activation, Dictionary<string, object>? requestContext, CancellationToken cancellationToken);

    /// <summary>An activation was made here for another owner.</summary>
    void NoteHosted();

    /// <summary>Takes an activation that is leaving out of the catalog, and tells its owner; if it moves, it is placed anew.</summary>
    void Leave(Activation activation);
}
