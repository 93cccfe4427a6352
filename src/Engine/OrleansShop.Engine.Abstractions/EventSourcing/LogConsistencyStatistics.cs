namespace Orleans.EventSourcing;

/// <summary>What happened between one grain and its log since counting began.</summary>
public class LogConsistencyStatistics
{
    /// <summary>How often each thing happened: "Read", "ReadFailed", "Write", "WriteFailed", "Conflict", "ConditionalRefused", "Clear", "ClearFailed", "TransitionFailed".</summary>
    public Dictionary<string, long> EventCounters = [];

    /// <summary>How long events took from being raised to being confirmed, one entry a write, in milliseconds. The latest 10,000.</summary>
    public List<int> StabilizationLatenciesInMsecs = [];
}
