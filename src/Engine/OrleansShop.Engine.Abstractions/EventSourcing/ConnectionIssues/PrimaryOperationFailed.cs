namespace Orleans.EventSourcing.Common;

/// <summary>The log's storage failed.</summary>
[GenerateSerializer]
public abstract class PrimaryOperationFailed : ConnectionIssue
{
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);

    /// <summary>What storage threw.</summary>
    [Id(0)]
    public Exception? Exception { get; set; }

    /// <summary>50 ms at first, then twice the delay before, 10 s at most.</summary>
    public override TimeSpan ComputeRetryDelay(TimeSpan? previous)
    {
        if (previous is not { } before || before < s_first) return s_first;
        return before < s_longest / 2 ? before * 2 : s_longest;
    }
}
