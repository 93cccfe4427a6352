using Orleans;

namespace OrleansShop.Engine.Versions;

/// <summary>The names of the rules that were set for an interface, or for all.</summary>
[GenerateSerializer]
[Immutable]
internal sealed record InterfaceStrategies
{
    /// <summary>The name of the interface, without type arguments; null for all that have no rules of their own.</summary>
    [Id(0)]
    public string? Interface { get; init; }

    /// <summary>Which versions answer calls of which; null if nothing was set.</summary>
    [Id(1)]
    public string? Compatibility { get; init; }

    /// <summary>Which version a new activation has; null if nothing was set.</summary>
    [Id(2)]
    public string? Selector { get; init; }
}
