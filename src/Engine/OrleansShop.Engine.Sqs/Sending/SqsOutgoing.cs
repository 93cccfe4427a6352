namespace OrleansShop.Engine.Sqs.Sending;

/// <summary>A message to send.</summary>
/// <param name="Body">At least one character. SQS takes the characters of XML 1.0: see <see cref="MessageRules"/>.</param>
internal sealed record SqsOutgoing(string Body)
{
    /// <summary>At most ten, of values that are not empty. Default null: none.</summary>
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    /// <summary>The types of those attributes that are not <c>String</c>: <c>Number</c>, <c>Binary</c> (the value is Base64 then), each with a suffix of one's own. Default null: all are strings.</summary>
    public IReadOnlyDictionary<string, string>? AttributeTypes { get; init; }

    /// <summary>Messages of one group of a FIFO queue are received in the order in which they were sent. Such a queue needs it; to another one it says whom to be fair to. Default null.</summary>
    public string? GroupId { get; init; }

    /// <summary>A FIFO queue takes one message of an id in five minutes. It needs it, unless it makes one of the body. Default null.</summary>
    public string? DeduplicationId { get; init; }

    /// <summary>How long nobody receives it: up to 15 minutes, in whole seconds. Default null: as the queue says. Not on FIFO queues.</summary>
    public TimeSpan? Delay { get; init; }
}
