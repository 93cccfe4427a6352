namespace Orleans.Versions.Compatibility;

/// <summary>A rule for which versions of a grain interface answer calls of which.</summary>
[GenerateSerializer]
public abstract class CompatibilityStrategy;
