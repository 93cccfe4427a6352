using Orleans.Versions.Compatibility;
using Orleans.Versions.Selector;

namespace OrleansShop.Engine.Versions;

/// <summary>Carries out <see cref="AllCompatibleVersions"/>.</summary>
internal sealed class AllCompatibleVersionsSelector : IVersionSelector
{
    public ushort[] GetSuitableVersion(ushort requestedVersion, ushort[] availableVersions, ICompatibilityDirector compatibilityDirector) =>
        Array.FindAll(availableVersions, version => compatibilityDirector.IsCompatible(requestedVersion, version));
}
