using OrleansShop.Engine.Sqs.Calling;

namespace OrleansShop.Engine.Sqs.Queues;

/// <summary>What can be said of a queue. What is null stays as it is, or as SQS has it by default.</summary>
internal sealed record SqsQueueAttributes
{
    public static SqsQueueAttributes Default { get; } = new();

    /// <summary>How long a received message is hidden from others: 0 to 12 h. SQS's default is 30 s.</summary>
    public TimeSpan? Visibility { get; init; }

    /// <summary>How long a message is kept: 1 min to 14 days. SQS's default is 4 days.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>How long nobody receives a new message: 0 to 15 min. SQS's default is 0.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>How long a receive waits for a first message: 0 to 20 s. SQS's default is 0.</summary>
    public TimeSpan? ReceiveWait { get; init; }

    /// <summary>The longest message: 1,024 to 1,048,576 bytes. SQS's default is the most.</summary>
    public int? MaxMessageBytes { get; init; }

    /// <summary>Where messages go that nobody can process.</summary>
    public RedrivePolicy? Redrive { get; init; }

    /// <summary>Whether a FIFO queue makes the deduplication id of the body. SQS's default is false.</summary>
    public bool? DeduplicatesByContent { get; init; }

    /// <summary>Whether a FIFO queue counts its limits, and deduplicates, for each group alone, which is faster. SQS's default is false.</summary>
    public bool? CountsByGroup { get; init; }

    /// <summary>Who else may do what, as JSON.</summary>
    public string? Policy { get; init; }

    /// <summary>By the service's names.</summary>
    public IReadOnlyDictionary<string, string> ToMap()
    {
        var map = new Dictionary<string, string>();
        Add("VisibilityTimeout", Visibility);
        Add("MessageRetentionPeriod", Retention);
        Add("DelaySeconds", Delay);
        Add("ReceiveMessageWaitTimeSeconds", ReceiveWait);
        if (MaxMessageBytes is { } bytes) map["MaximumMessageSize"] = bytes.ToString();
        if (Redrive is { } redrive) map["RedrivePolicy"] = redrive.ToJson();
        if (DeduplicatesByContent is { } byContent) map["ContentBasedDeduplication"] = byContent ? "true" : "false";
        if (CountsByGroup is { } byGroup) (map["DeduplicationScope"], map["FifoThroughputLimit"]) = byGroup ? ("messageGroup", "perMessageGroupId") : ("queue", "perQueue");
        if (Policy is { } policy) map["Policy"] = policy;
        return map;

        void Add(string name, TimeSpan? time)
        {
            if (time is { } span) map[name] = WholeSeconds.Of(span).ToString();
        }
    }
}
