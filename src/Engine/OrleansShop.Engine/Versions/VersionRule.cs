using Orleans.Versions.Compatibility;
using Orleans.Versions.Selector;

namespace OrleansShop.Engine.Versions;

/// <summary>The rules of one interface, or of all that have none of their own.</summary>
internal sealed record VersionRule(ICompatibilityDirector Compatibility, IVersionSelector Selector)
{
    /// <summary>Whether an activation of one version answers a call of another. A caller without a version is answered by all, and one with the same version always.</summary>
    public bool Answers(ushort current, ushort requested) => requested == 0 || current == requested || Compatibility.IsCompatible(requested, current);

    /// <summary>The versions that a new activation may have, of those that there are. Empty if none answers the call.</summary>
    public ushort[] Choose(ushort requested, IEnumerable<ushort> available) =>
        Selector.GetSuitableVersion(requested, [.. available.Distinct().Order()], new Asked(this));

    // What selectors ask says the same as what calls are judged by.
    private sealed class Asked(VersionRule rule) : ICompatibilityDirector
    {
        public bool IsCompatible(ushort requestedVersion, ushort currentVersion) => rule.Answers(currentVersion, requestedVersion);
    }
}
