using Orleans.Runtime;

namespace Orleans.Placement;

/// <summary>Where grains of the class live: the ring decides.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class RandomPlacementAttribute() : PlacementAttribute(new RandomPlacement());
