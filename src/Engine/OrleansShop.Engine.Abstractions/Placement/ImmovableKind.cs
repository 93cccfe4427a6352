namespace Orleans.Placement;

/// <summary>What must not move a grain by itself.</summary>
[Flags]
public enum ImmovableKind : byte
{
    /// <summary>Bringing grains that call each other together.</summary>
    Repartitioner = 1,

    /// <summary>Spreading load over silos.</summary>
    Rebalancer = 2,

    /// <summary>Either.</summary>
    Any = Repartitioner | Rebalancer,
}
