namespace Orleans.Runtime;

/// <summary>The silos whose role is the grain key.</summary>
public class SiloRoleBasedPlacement : PlacementStrategy;
