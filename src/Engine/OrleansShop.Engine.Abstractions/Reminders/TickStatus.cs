namespace Orleans.Runtime;

/// <summary>
/// What a tick says of its reminder. Ticks can be missed, while the cluster is down for example: the number of periods from the first tick
/// to this one tells how many there should have been.
/// </summary>
[GenerateSerializer]
[Immutable]
public readonly struct TickStatus
{
    /// <summary>Creates the status of one tick.</summary>
    /// <param name="firstTickTime">When the first tick was due, UTC.</param>
    /// <param name="period">The time from one tick to the next.</param>
    /// <param name="timeStamp">When this tick was sent, UTC.</param>
    public TickStatus(DateTime firstTickTime, TimeSpan period, DateTime timeStamp)
    {
        FirstTickTime = firstTickTime;
        Period = period;
        CurrentTickTime = timeStamp;
    }

    /// <summary>When the first tick was due, UTC.</summary>
    [Id(0)]
    public DateTime FirstTickTime { get; }

    /// <summary>The time from one tick to the next.</summary>
    [Id(1)]
    public TimeSpan Period { get; }

    /// <summary>When this tick was sent, UTC, by the clock of the silo that sent it.</summary>
    [Id(2)]
    public DateTime CurrentTickTime { get; }

    /// <inheritdoc/>
    public override readonly string ToString() => $"<{FirstTickTime:O}, {Period}, {CurrentTickTime:O}>";
}
