using Orleans.Versions.Compatibility;

namespace Orleans.Versions.Selector;

/// <summary>
/// Carries out a <see cref="VersionSelectorStrategy"/>. A service whose key is the type of the strategy; the strategy itself is a service whose key is the name of its type. Must be
/// thread-safe, and answer at once.
/// </summary>
public interface IVersionSelector
{
    /// <summary>Returns the versions that a new activation may have; none if no version answers the call.</summary>
    /// <param name="requestedVersion">The version of the interface that the caller has; never 0.</param>
    /// <param name="availableVersions">The versions that there are, each once, in ascending order.</param>
    /// <param name="compatibilityDirector">Says which of them answer the call.</param>
    ushort[] GetSuitableVersion(ushort requestedVersion, ushort[] availableVersions, ICompatibilityDirector compatibilityDirector);
}
