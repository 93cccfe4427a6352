using Orleans.Runtime;

namespace Orleans.Placement;

/// <summary>Where grains of the class live: the ring decides; it spreads grains evenly.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class ResourceOptimizedPlacementAttribute() : PlacementAttribute(new ResourceOptimizedPlacement());
