namespace Orleans.Versions.Selector;

/// <summary>A rule for which of the versions that answer a call a new activation has.</summary>
[GenerateSerializer]
public abstract class VersionSelectorStrategy;
