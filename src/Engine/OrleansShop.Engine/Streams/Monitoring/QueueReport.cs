namespace OrleansShop.Engine.Streams.Monitoring;

/// <summary>How a queue stands, or why it is not known. Immutable.</summary>
/// <param name="Provider">The stream provider.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Statistics">How it stands; null if the queue did not tell.</param>
/// <param name="Problem">Why it did not; null if it did.</param>
public sealed record QueueReport(string Provider, string Queue, QueueStatistics? Statistics, string? Problem);
