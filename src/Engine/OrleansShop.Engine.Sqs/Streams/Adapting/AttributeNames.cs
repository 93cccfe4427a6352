namespace OrleansShop.Engine.Sqs.Streams.Adapting;

/// <summary>The message attributes of the provider. SQS takes ten on a message: six are the most on one in a queue, and a dead letter has four more.</summary>
internal static class AttributeNames
{
    /// <summary>The version of the body's form.</summary>
    public const string Schema = "schema-version";

    /// <summary>What names the event: the same in all copies of a message.</summary>
    public const string EventId = "event-id";

    public const string StreamNamespace = "stream-namespace";

    public const string StreamKey = "stream-key";

    /// <summary>The W3C trace context of the publisher.</summary>
    public const string TraceParent = "traceparent";

    /// <summary>The body says where the real one is, and this its digest.</summary>
    public const string ClaimCheck = "claim-check";

    /// <summary>The subscription that a message is for which was sent again out of the dead letters.</summary>
    public const string OnlyFor = "only-for";

    /// <summary>All about a dead letter, as JSON.</summary>
    public const string DeadLetter = "dead-letter";

    /// <summary>The grain that could not take it.</summary>
    public const string Grain = "grain";

    /// <summary>The last failure: type and message.</summary>
    public const string Exception = "exception";

    /// <summary>How often it was tried.</summary>
    public const string Attempts = "attempts";

    /// <summary>What a dead letter has beyond the message that it was.</summary>
    public static IReadOnlyList<string> OfDeadLetters { get; } = [DeadLetter, Grain, Exception, Attempts];
}
