using Orleans.Runtime;

namespace Orleans.Placement;

/// <summary>Where grains of the class live: the ring decides, by the hash of the id.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class HashBasedPlacementAttribute() : PlacementAttribute(new HashBasedPlacement());
