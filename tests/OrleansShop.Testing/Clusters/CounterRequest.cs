using System.Diagnostics;

namespace OrleansShop.Testing.Clusters;

/// <summary>One request to a counter, and what came of it.</summary>
/// <param name="Id">Its id; no other has it, and it is sent once.</param>
/// <param name="IsIncrement">Whether it asks the counter to count; else to say how far it has counted, which it does from memory.</param>
/// <param name="Grain">The key of the counter.</param>
/// <param name="SentAt">When it was sent, as a timestamp of <see cref="Stopwatch"/>.</param>
/// <param name="AnsweredAt">When the answer came.</param>
/// <param name="Answer">The answer.</param>
public sealed record CounterRequest(long Id, bool IsIncrement, string Grain, long SentAt, long AnsweredAt, FrontAnswer Answer)
{
    /// <summary>Whether the counter has answered. If not, it is unknown what it did.</summary>
    public bool IsAcknowledged => Answer.Failure is null;

    public TimeSpan Latency => Stopwatch.GetElapsedTime(SentAt, AnsweredAt);

    public override string ToString() =>
        $"{(IsIncrement ? "increment" : "read")} {Id} of {Grain} after {Latency.TotalSeconds:F3} s: {(IsAcknowledged ? $"{Answer.Count} in process {Answer.ProcessId}" : $"{Answer.Failure}: {Answer.Message}")}";
}
