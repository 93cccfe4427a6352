using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Versions.Compatibility;
using Orleans.Versions.Selector;

namespace OrleansShop.Engine.Versions;

/// <summary>Which versions of an interface answer which calls, and which of them a new activation gets.</summary>
internal sealed class VersionRules
{
    private readonly Compatibility _compatibility;
    private readonly Selection _selection;

    /// <exception cref="OrleansConfigurationException">An option names no rule.</exception>
    public VersionRules(IOptions<GrainVersioningOptions> options)
    {
        var (compatibility, selection) = (options.Value.DefaultCompatibilityStrategy, options.Value.DefaultVersionSelectorStrategy);
        _compatibility = compatibility switch
        {
            nameof(BackwardCompatible) => Compatibility.Backward,
            nameof(AllVersionsCompatible) => Compatibility.All,
            nameof(StrictVersionCompatible) => Compatibility.Strict,
            _ => throw new OrleansConfigurationException(
                $"GrainVersioningOptions.DefaultCompatibilityStrategy is \"{compatibility}\"; it is one of {nameof(BackwardCompatible)}, {nameof(AllVersionsCompatible)}, {nameof(StrictVersionCompatible)}."),
        };
        _selection = selection switch
        {
            nameof(AllCompatibleVersions) => Selection.Any,
            nameof(LatestVersion) => Selection.Latest,
            nameof(MinimumVersion) => Selection.Minimum,
            _ => throw new OrleansConfigurationException(
                $"GrainVersioningOptions.DefaultVersionSelectorStrategy is \"{selection}\"; it is one of {nameof(AllCompatibleVersions)}, {nameof(LatestVersion)}, {nameof(MinimumVersion)}."),
        };
    }

    private enum Compatibility
    {
        Backward,
        All,
        Strict,
    }

    private enum Selection
    {
        Any,
        Latest,
        Minimum,
    }

    /// <summary>Whether an activation of one version answers a call of another. A caller without a version is answered by all.</summary>
    public bool Answers(ushort current, ushort requested) => requested == 0 || _compatibility switch
    {
        Compatibility.Backward => current >= requested,
        Compatibility.Strict => current == requested,
        _ => true,
    };

    /// <summary>The versions that a new activation may have, of those that there are. Empty if none answers the call.</summary>
    public IReadOnlyList<ushort> Choose(ushort requested, IEnumerable<ushort> available)
    {
        var answering = available.Distinct().Where(version => Answers(version, requested)).Order().ToList();
        return answering.Count == 0 ? answering : _selection switch
        {
            Selection.Latest => [answering[^1]],
            Selection.Minimum => [answering[0]],
            _ => answering,
        };
    }
}
