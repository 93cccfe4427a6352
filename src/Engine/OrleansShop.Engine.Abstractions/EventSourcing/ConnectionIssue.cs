namespace Orleans.EventSourcing;

/// <summary>What keeps an event-sourced grain from its log: counted while it lasts, and shown to the grain, which may change the delay until the next try.</summary>
[GenerateSerializer]
public abstract class ConnectionIssue
{
    /// <summary>When it was last seen; UTC.</summary>
    [Id(0)]
    public DateTime TimeStamp { get; set; }

    /// <summary>When it was first seen; UTC.</summary>
    [Id(1)]
    public DateTime TimeOfFirstFailure { get; set; }

    /// <summary>How often it was seen in a row.</summary>
    [Id(2)]
    public int NumberOfConsecutiveFailures { get; set; }

    /// <summary>How long the next try waits.</summary>
    [Id(3)]
    public TimeSpan RetryDelay { get; set; }

    /// <summary>Returns how long the next try waits.</summary>
    /// <param name="previous">How long the one before waited; null at the first failure.</param>
    public abstract TimeSpan ComputeRetryDelay(TimeSpan? previous);
}
