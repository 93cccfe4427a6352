using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>What this silo knows of the others, as of its latest view.</summary>
public interface ISiloStatusOracle
{
    /// <summary>This silo's status.</summary>
    SiloStatus CurrentStatus { get; }

    /// <summary>This silo's name.</summary>
    string SiloName { get; }

    /// <summary>This silo.</summary>
    SiloAddress SiloAddress { get; }

    /// <summary>Returns the silos that serve.</summary>
    SiloAddress[] GetActiveSilos();

    /// <summary>Returns a silo's status; None if it is not known.</summary>
    SiloStatus GetApproximateSiloStatus(SiloAddress siloAddress);

    /// <summary>Returns all silos and their status.</summary>
    Dictionary<SiloAddress, SiloStatus> GetApproximateSiloStatuses(bool onlyActive = false);

    /// <summary>Finds a silo's name; false if it is not known.</summary>
    bool TryGetSiloName(SiloAddress siloAddress, [NotNullWhen(true)] out string? siloName);

    /// <summary>Whether the silo hosts grains: it serves.</summary>
    bool IsFunctionalDirectory(SiloAddress siloAddress);

    /// <summary>Whether the silo is gone.</summary>
    bool IsDeadSilo(SiloAddress silo);

    /// <summary>Tells <paramref name="observer"/> of changes; false if it is told already.</summary>
    bool SubscribeToSiloStatusEvents(ISiloStatusListener observer);

    /// <summary>Ends that; false if it was not told.</summary>
    bool UnSubscribeFromSiloStatusEvents(ISiloStatusListener observer);
}
