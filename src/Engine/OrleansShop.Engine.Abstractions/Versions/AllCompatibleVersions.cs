namespace Orleans.Versions.Selector;

/// <summary>A new activation may have any version that answers the call.</summary>
[GenerateSerializer]
[Immutable]
public sealed class AllCompatibleVersions : VersionSelectorStrategy
{
    /// <summary>The one instance that is needed.</summary>
    public static AllCompatibleVersions Singleton { get; } = new();
}
