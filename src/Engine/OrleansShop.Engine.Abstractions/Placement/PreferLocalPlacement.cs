namespace Orleans.Runtime;

/// <summary>The silo of the first caller, if it hosts the grain class.</summary>
public sealed class PreferLocalPlacement : PlacementStrategy;
