using Orleans.Versions.Compatibility;
using Orleans.Versions.Selector;

namespace Orleans.Configuration;

/// <summary>How silos with different versions of grain interfaces work together. The same on every silo.</summary>
public class GrainVersioningOptions
{
    /// <summary>
    /// The name of the rule for which versions answer calls of which: <c>BackwardCompatible</c>, <c>AllVersionsCompatible</c> or
    /// <c>StrictVersionCompatible</c>, or the name of a rule of the application. Default: <c>BackwardCompatible</c>.
    /// </summary>
    public string DefaultCompatibilityStrategy { get; set; } = nameof(BackwardCompatible);

    /// <summary>
    /// The name of the rule for which of those versions a new activation has: <c>AllCompatibleVersions</c>, <c>LatestVersion</c> or
    /// <c>MinimumVersion</c>, or the name of a rule of the application. Default: <c>AllCompatibleVersions</c>.
    /// </summary>
    public string DefaultVersionSelectorStrategy { get; set; } = nameof(AllCompatibleVersions);
}
