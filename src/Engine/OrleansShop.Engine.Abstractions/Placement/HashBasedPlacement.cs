namespace Orleans.Runtime;

/// <summary>The ring decides, by the hash of the id.</summary>
public sealed class HashBasedPlacement : PlacementStrategy;
