namespace Orleans.Runtime;

/// <summary>The ring decides.</summary>
public sealed class RandomPlacement : PlacementStrategy;
