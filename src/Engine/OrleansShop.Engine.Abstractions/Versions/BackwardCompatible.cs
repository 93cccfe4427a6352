namespace Orleans.Versions.Compatibility;

/// <summary>A version answers calls of its own version and of lower ones.</summary>
[GenerateSerializer]
[Immutable]
public sealed class BackwardCompatible : CompatibilityStrategy
{
    /// <summary>The one instance that is needed.</summary>
    public static BackwardCompatible Singleton { get; } = new();
}
