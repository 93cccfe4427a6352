using Orleans.Versions.Compatibility;

namespace OrleansShop.Engine.Versions;

/// <summary>Carries out <see cref="StrictVersionCompatible"/>.</summary>
internal sealed class StrictVersionCompatibleDirector : ICompatibilityDirector
{
    public bool IsCompatible(ushort requestedVersion, ushort currentVersion) => currentVersion == requestedVersion;
}
