namespace OrleansShop.Engine.Sqs.Receiving;

/// <summary>What SQS knows of a message that was received.</summary>
/// <param name="ReceiveCount">How often it was received and not deleted, this time included; about that.</param>
/// <param name="SentAt">When it came to the queue. A message in a dead-letter queue keeps the time of its first queue.</param>
internal sealed record SqsSystemAttributes(int ReceiveCount, DateTimeOffset SentAt)
{
    /// <summary>When it was received for the first time; null if SQS does not say.</summary>
    public DateTimeOffset? FirstReceivedAt { get; init; }

    /// <summary>Its group; null if it has none.</summary>
    public string? GroupId { get; init; }

    /// <summary>Its deduplication id; null if it has none.</summary>
    public string? DeduplicationId { get; init; }

    /// <summary>Its place in a FIFO queue; null elsewhere.</summary>
    public string? SequenceNumber { get; init; }

    /// <summary>Which queue the redrive policy took it from; null if it is in the queue that it was sent to, or the service does not say.</summary>
    public string? DeadLetterSourceArn { get; init; }

    /// <summary>Everything, by the service's names.</summary>
    public required IReadOnlyDictionary<string, string> All { get; init; }
}
