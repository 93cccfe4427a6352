using System.Globalization;
using OrleansShop.Engine.Sqs.Receiving;
using OrleansShop.Engine.Sqs.Streams.Adapting;
using OrleansShop.Engine.Sqs.Streams.Queues;
using OrleansShop.Engine.Streams.DeadLetters;

namespace OrleansShop.Engine.Sqs.Streams.DeadLetters;

/// <summary>A dead letter that was found in its queue, and is hidden there for a while.</summary>
/// <param name="Number">The number of its queue.</param>
/// <param name="Queue">The queue that it comes from.</param>
/// <param name="Message">The message.</param>
/// <param name="Reason">Why it is there.</param>
internal sealed record FoundLetter(uint Number, StreamQueue Queue, SqsMessage Message, DeadLetterReason Reason)
{
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{Number}.{Message.Id}");

    /// <summary>Its place among all: by the time of the last failure.</summary>
    public string Place => string.Create(CultureInfo.InvariantCulture, $"{Reason.FailedAt.UtcTicks:x16}.{Id}");

    /// <summary>What SQS called the message before it was a dead letter.</summary>
    public string SourceMessageId => Message.Attributes.TryGetValue(AttributeNames.DeadLetter, out var text) && ReasonJson.Read(text)?.MessageId is { } source ? source : Message.Id;

    public DeadLetter ToLetter(DeadLetterPayload? payload) => new(Id, Reason, Message.Body.Length, payload);

    /// <summary>The number of the queue of a dead letter; null if it is no id of one.</summary>
    public static uint? NumberIn(string id) => uint.TryParse(id.AsSpan(0, Math.Max(0, id.IndexOf('.', StringComparison.Ordinal))), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
