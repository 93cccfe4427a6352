namespace Orleans.Versions.Compatibility;

/// <summary>A version answers calls of its own version only.</summary>
[GenerateSerializer]
[Immutable]
public sealed class StrictVersionCompatible : CompatibilityStrategy
{
    /// <summary>The one instance that is needed.</summary>
    public static StrictVersionCompatible Singleton { get; } = new();
}
