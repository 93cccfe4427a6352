namespace Amazon.SQS.Model;

/// <summary>
/// A message of SQS as data adapters see it. It has the name and the members of the type in AWSSDK.SQS that an adapter needs, so that adapters compile here; that package and this assembly
/// cannot be used in one project.
/// </summary>
public class Message
{
    /// <summary>What SQS knows of a received message, by the service's names, such as <c>SentTimestamp</c>. Not sent.</summary>
    public Dictionary<string, string> Attributes { get; set; } = [];

    /// <summary>The body; at least one character of those that SQS takes.</summary>
    public string Body { get; set; } = "";

    /// <summary>The MD5 of a received body in hexadecimal digits; null here: it was checked before.</summary>
    public string? MD5OfBody { get; set; }

    /// <summary>What is sent with the body; SQS takes ten, of which the provider needs up to five.</summary>
    public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; } = [];

    /// <summary>What SQS calls a received message; null before.</summary>
    public string? MessageId { get; set; }

    /// <summary>What a received message is deleted with; null before.</summary>
    public string? ReceiptHandle { get; set; }
}
