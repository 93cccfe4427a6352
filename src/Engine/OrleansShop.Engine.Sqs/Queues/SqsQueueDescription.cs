using OrleansShop.Engine.Sqs.Calling;

namespace OrleansShop.Engine.Sqs.Queues;

/// <summary>What SQS knows of a queue.</summary>
/// <param name="Arn">How policies and redrive policies name it.</param>
/// <param name="All">Everything, by the service's names.</param>
internal sealed record SqsQueueDescription(string Arn, IReadOnlyDictionary<string, string> All)
{
    public bool IsFifo { get; private init; }

    /// <summary>How many messages wait; about that.</summary>
    public long Waiting { get; private init; }

    /// <summary>How many were received and are neither deleted nor visible again; about that.</summary>
    public long InFlight { get; private init; }

    /// <summary>How many are delayed; about that.</summary>
    public long Delayed { get; private init; }

    /// <summary>How long a received message is hidden, if the receive does not say.</summary>
    public TimeSpan Visibility { get; private init; }

    /// <summary>How long a message is kept.</summary>
    public TimeSpan Retention { get; private init; }

    /// <summary>The longest message that the queue takes; 0 if the service does not say.</summary>
    public long MaxMessageBytes { get; private init; }

    /// <summary>Whether it makes the deduplication id of the body.</summary>
    public bool DeduplicatesByContent { get; private init; }

    /// <summary>Who else may do what, as JSON; null if nobody was named.</summary>
    public string? Policy { get; private init; }

    /// <summary>Where messages go that nobody can process; null if nowhere.</summary>
    public RedrivePolicy? Redrive { get; private init; }

    /// <summary>Reads the answer to GetQueueAttributes.</summary>
    /// <exception cref="InvalidAnswer">It is not what it should be.</exception>
    public static SqsQueueDescription Read(ReadOnlyMemory<byte> answer) => JsonProtocol.Read(answer, static root =>
    {
        var all = root.GetProperty("Attributes").EnumerateObject().ToDictionary(
            static attribute => attribute.Name, static attribute => attribute.Value.GetString() ?? throw new InvalidAnswer($"{attribute.Name} is null"));
        return new SqsQueueDescription(all.GetValueOrDefault("QueueArn") ?? throw new InvalidAnswer("it has no QueueArn"), all)
        {
            IsFifo = all.GetValueOrDefault("FifoQueue") == "true",
            Waiting = Number("ApproximateNumberOfMessages"),
            InFlight = Number("ApproximateNumberOfMessagesNotVisible"),
            Delayed = Number("ApproximateNumberOfMessagesDelayed"),
            Visibility = TimeSpan.FromSeconds(Number("VisibilityTimeout")),
            Retention = TimeSpan.FromSeconds(Number("MessageRetentionPeriod")),
            MaxMessageBytes = Number("MaximumMessageSize"),
            DeduplicatesByContent = all.GetValueOrDefault("ContentBasedDeduplication") == "true",
            Policy = all.GetValueOrDefault("Policy"),
            Redrive = all.TryGetValue("RedrivePolicy", out var redrive) && redrive.Length > 0 ? RedrivePolicy.Read(redrive) : null,
        };

        long Number(string name) => all.TryGetValue(name, out var text) ? long.Parse(text) : 0;
    });
}
