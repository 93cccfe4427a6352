namespace Orleans.Versions.Compatibility;

/// <summary>
/// Carries out a <see cref="CompatibilityStrategy"/>. A service whose key is the type of the strategy; the strategy itself is a service whose key is the name of its type. Must be
/// thread-safe, and answer at once.
/// </summary>
public interface ICompatibilityDirector
{
    /// <summary>Whether an activation of one version answers calls of another. Not asked where both are the same, or the caller has none.</summary>
    /// <param name="requestedVersion">The version of the interface that the caller has.</param>
    /// <param name="currentVersion">The version that the activation's silo has.</param>
    bool IsCompatible(ushort requestedVersion, ushort currentVersion);
}
