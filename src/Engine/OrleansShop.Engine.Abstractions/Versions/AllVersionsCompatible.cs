namespace Orleans.Versions.Compatibility;

/// <summary>Every version answers calls of every version.</summary>
[GenerateSerializer]
[Immutable]
public sealed class AllVersionsCompatible : CompatibilityStrategy
{
    /// <summary>The one instance that is needed.</summary>
    public static AllVersionsCompatible Singleton { get; } = new();
}
