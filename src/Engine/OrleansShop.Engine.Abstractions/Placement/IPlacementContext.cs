namespace Orleans.Runtime.Placement;

/// <summary>What a director knows of the cluster.</summary>
public interface IPlacementContext
{
    /// <summary>The silo that decides.</summary>
    SiloAddress LocalSilo { get; }

    /// <summary>That silo's status.</summary>
    SiloStatus LocalSiloStatus { get; }

    /// <summary>Returns the silos that may run the grain.</summary>
    SiloAddress[] GetCompatibleSilos(PlacementTarget target);

    /// <summary>Returns the silos that may run the grain, by the version of the interface that each has.</summary>
    IReadOnlyDictionary<ushort, SiloAddress[]> GetCompatibleSilosWithVersions(PlacementTarget target);
}
