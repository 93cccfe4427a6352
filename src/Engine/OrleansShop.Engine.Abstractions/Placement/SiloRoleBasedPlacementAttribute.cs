using Orleans.Runtime;

namespace Orleans.Placement;

/// <summary>Where grains of the class live: the silos whose role is the grain key.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class SiloRoleBasedPlacementAttribute() : PlacementAttribute(new SiloRoleBasedPlacement());
