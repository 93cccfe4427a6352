using Orleans.Runtime;

namespace Orleans.Placement;

/// <summary>Where grains of the class live: the silo of the first caller, if it hosts the grain class.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class PreferLocalPlacementAttribute() : PlacementAttribute(new PreferLocalPlacement());
