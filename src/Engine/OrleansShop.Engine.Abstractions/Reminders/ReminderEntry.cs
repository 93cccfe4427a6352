using Orleans.Runtime;

namespace Orleans;

/// <summary>The row of one reminder in a reminder table.</summary>
[GenerateSerializer]
public sealed class ReminderEntry
{
    /// <summary>The grain.</summary>
    [Id(0)]
    public GrainId GrainId { get; set; }

    /// <summary>The reminder's name; unique for its grain.</summary>
    [Id(1)]
    public string ReminderName { get; set; } = null!;

    /// <summary>When the first tick is due, UTC. Further ticks are due at whole periods after it.</summary>
    [Id(2)]
    public DateTime StartAt { get; set; }

    /// <summary>The time from one tick to the next.</summary>
    [Id(3)]
    public TimeSpan Period { get; set; }

    /// <summary>Changes with each write of the row; null for a row that was not stored yet.</summary>
    [Id(4)]
    public string? ETag { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"<GrainId={GrainId} ReminderName={ReminderName} StartAt={StartAt:O} Period={Period}>";
}
