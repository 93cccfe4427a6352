namespace Orleans.Versions.Selector;

/// <summary>A new activation has the highest version that answers the call.</summary>
[GenerateSerializer]
[Immutable]
public sealed class LatestVersion : VersionSelectorStrategy
{
    /// <summary>The one instance that is needed.</summary>
    public static LatestVersion Singleton { get; } = new();
}
