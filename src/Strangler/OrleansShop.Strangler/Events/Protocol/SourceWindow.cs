using System.Collections.Immutable;

namespace OrleansShop.Strangler.Events.Protocol;

/// <summary>
/// Which events of one source have been handled: the highest number, and the numbers below it that have not come yet. In order, that is one number. Immutable.
/// </summary>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.SourceWindow")]
public sealed record SourceWindow
{
    /// <summary>How many missing numbers of a source are remembered.</summary>
    public const int MaxMissing = 64;

    /// <summary>The highest number that was handled; 0 before the first.</summary>
    [Id(0)]
    public long Highest { get; init; }

    /// <summary>Of this number and those below it nothing is known, but for those that are missing: they were before the first event that came, or too many were missing.</summary>
    [Id(1)]
    public long ForgottenThrough { get; init; }

    /// <summary>Numbers below the highest that have not come, ascending, at most <see cref="MaxMissing"/>.</summary>
    [Id(2)]
    public ImmutableArray<long> Missing { get; init; } = [];

    /// <summary>When an event of the source was handled last, counted in events of all sources; the lowest is forgotten first.</summary>
    [Id(3)]
    public long UsedAt { get; init; }

    /// <summary>Whose events these are.</summary>
    [Id(4)]
    public string Source { get; init; } = "";

    /// <summary>What is known of a number.</summary>
    public EventReceipt Look(long sequence) =>
        sequence > Highest || Missing.Contains(sequence) ? EventReceipt.New
        : sequence > ForgottenThrough ? EventReceipt.Duplicate
        : EventReceipt.Unknown;

    /// <summary>The window after a number that was new has been handled.</summary>
    public SourceWindow With(long sequence)
    {
        if (sequence <= Highest) return this with { Missing = Missing.Remove(sequence) };

        // Of a long gap only the newest numbers are remembered, which also bounds what a first number far from 1 costs.
        var gap = Math.Min(sequence - Highest - 1, MaxMissing);
        ImmutableArray<long> missing = [.. Missing, .. Enumerable.Range(0, (int)gap).Select(place => sequence - gap + place)];
        var forgotten = Math.Max(ForgottenThrough, sequence - Highest - 1 > gap ? sequence - gap - 1 : 0);
        if (missing.Length > MaxMissing)
        {
            forgotten = Math.Max(forgotten, missing[^(MaxMissing + 1)]);
            missing = missing[^MaxMissing..];
        }

        return this with { Highest = sequence, Missing = missing, ForgottenThrough = forgotten };
    }
}
