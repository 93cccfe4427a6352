using Orleans.Versions.Compatibility;

namespace OrleansShop.Engine.Versions;

/// <summary>Carries out <see cref="BackwardCompatible"/>.</summary>
internal sealed class BackwardCompatibleDirector : ICompatibilityDirector
{
    public bool IsCompatible(ushort requestedVersion, ushort currentVersion) => currentVersion >= requestedVersion;
}
