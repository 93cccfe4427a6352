using Orleans.Versions.Compatibility;

namespace OrleansShop.Engine.Versions;

/// <summary>Carries out <see cref="AllVersionsCompatible"/>.</summary>
internal sealed class AllVersionsCompatibleDirector : ICompatibilityDirector
{
    public bool IsCompatible(ushort requestedVersion, ushort currentVersion) => true;
}
