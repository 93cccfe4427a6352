namespace OrleansShop.Engine.Streams.Monitoring;

/// <summary>How a queue stands. Immutable. What the queue cannot tell is null; some queues count roughly.</summary>
/// <param name="Depth">How many messages wait to be given out.</param>
/// <param name="InFlight">How many are given out and not deleted.</param>
/// <param name="OldestAge">The age of the oldest message that is not deleted; zero if there is none.</param>
/// <param name="DeadLetters">How many dead letters it has.</param>
public sealed record QueueStatistics(long? Depth, long? InFlight, TimeSpan? OldestAge, long? DeadLetters);
