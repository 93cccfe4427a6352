using Orleans.Versions.Compatibility;
using Orleans.Versions.Selector;

namespace OrleansShop.Engine.Versions;

/// <summary>Carries out <see cref="LatestVersion"/> and <see cref="MinimumVersion"/>.</summary>
/// <param name="isLatest">Whether the highest version is wanted, and not the lowest.</param>
internal sealed class ExtremeVersionSelector(bool isLatest) : IVersionSelector
{
    private readonly AllCompatibleVersionsSelector _answering = new();

    public ushort[] GetSuitableVersion(ushort requestedVersion, ushort[] availableVersions, ICompatibilityDirector compatibilityDirector)
    {
        var answering = _answering.GetSuitableVersion(requestedVersion, availableVersions, compatibilityDirector);
        return answering.Length == 0 ? answering : [isLatest ? answering.Max() : answering.Min()];
    }
}
