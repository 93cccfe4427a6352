namespace Orleans.Runtime;

/// <summary>The ring decides; it spreads grains evenly.</summary>
public sealed class ResourceOptimizedPlacement : PlacementStrategy;
