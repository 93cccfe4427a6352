using System.Collections.Immutable;

namespace OrleansShop.Strangler.Moving;

/// <summary>What a comparison of all entities of a capability has found so far. Immutable.</summary>
/// <param name="IsRunning">Whether it goes on.</param>
/// <param name="StartedAt">When it began, in UTC.</param>
/// <param name="EndedAt">When it ended, in UTC; null while it runs.</param>
/// <param name="IsComplete">Whether every entity was compared: it ended, and neither failed nor was canceled.</param>
/// <param name="Compared">How many entities were looked at on both sides.</param>
/// <param name="OwnedByGrains">How many of them the grains own; the others must not be held by a grain as its own.</param>
/// <param name="PerSecond">How many entities were compared per second.</param>
/// <param name="Differences">How many differ.</param>
/// <param name="FirstDifferences">The first of those, at most <see cref="MaxDifferences"/>.</param>
/// <param name="Fault">Why it ended early, or null.</param>
public sealed record VerifyReport(
    bool IsRunning,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    bool IsComplete,
    long Compared,
    long OwnedByGrains,
    double PerSecond,
    long Differences,
    ImmutableArray<EntityDifference> FirstDifferences,
    string? Fault)
{
    /// <summary>How many differences a report names.</summary>
    public const int MaxDifferences = 100;
}

/// <summary>An entity that is not the same on both sides.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Id">The id as text.</param>
/// <param name="What">What differs: names of columns and tables, never values, which may be personal data.</param>
public sealed record EntityDifference(string Kind, string Id, string What);
