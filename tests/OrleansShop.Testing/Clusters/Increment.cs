using System.Diagnostics;

namespace OrleansShop.Testing.Clusters;

/// <summary>One increment that was asked for, and what came of it.</summary>
/// <param name="Id">Its id; no other has it, and it is asked for once.</param>
/// <param name="Grain">The key of the counter.</param>
/// <param name="SentAt">When it was asked for, as a timestamp of <see cref="Stopwatch"/>.</param>
/// <param name="AnsweredAt">When the answer came.</param>
/// <param name="Answer">The answer.</param>
public sealed record Increment(long Id, string Grain, long SentAt, long AnsweredAt, FrontAnswer Answer)
{
    /// <summary>Whether the counter has said that it counted it. If not, that is unknown.</summary>
    public bool IsAcknowledged => Answer.Failure is null;

    public TimeSpan Latency => Stopwatch.GetElapsedTime(SentAt, AnsweredAt);

    public override string ToString() =>
        $"increment {Id} of {Grain} after {Latency.TotalSeconds:F3} s: {(IsAcknowledged ? $"{Answer.Count} in process {Answer.ProcessId}" : $"{Answer.Failure}: {Answer.Message}")}";
}
