using Orleans;

namespace OrleansShop.Engine.Versions;

/// <summary>What was set at run time about versions, for the whole cluster. Immutable; silos hand it to each other, and the one with the highest number counts.</summary>
[GenerateSerializer]
[Immutable]
internal sealed record VersionStrategies
{
    /// <summary>Before anything was set.</summary>
    public static VersionStrategies None { get; } = new();

    /// <summary>Grows with each change; 0 for <see cref="None"/>, 1 for what a silo has read from the store.</summary>
    [Id(0)]
    public long Number { get; init; }

    /// <summary>What was set for all interfaces, if anything, and for each interface, sorted by its name.</summary>
    [Id(1)]
    public InterfaceStrategies[] Set { get; init; } = [];

    /// <summary>What was set for one interface; for all with null.</summary>
    public InterfaceStrategies For(string? face) => Array.Find(Set, known => known.Interface == face) ?? new() { Interface = face };

    /// <summary>The next one, in which <paramref name="changed"/> is what was set for its interface.</summary>
    public VersionStrategies With(InterfaceStrategies changed) => this with
    {
        Number = Math.Max(Number, 1) + 1,
        Set = [.. Set.Where(known => known.Interface != changed.Interface).Append(changed).Where(known => known is not { Compatibility: null, Selector: null })
            .OrderBy(known => known.Interface, StringComparer.Ordinal)],
    };

    /// <summary>Whether the same rules were set, whatever the numbers are.</summary>
    public bool SaysTheSameAs(VersionStrategies other) => Set.SequenceEqual(other.Set);
}
