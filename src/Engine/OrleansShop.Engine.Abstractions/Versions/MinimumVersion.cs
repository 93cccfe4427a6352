namespace Orleans.Versions.Selector;

/// <summary>A new activation has the lowest version that answers the call.</summary>
[GenerateSerializer]
[Immutable]
public sealed class MinimumVersion : VersionSelectorStrategy
{
    /// <summary>The one instance that is needed.</summary>
    public static MinimumVersion Singleton { get; } = new();
}
