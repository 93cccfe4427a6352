using Orleans.Streams;
using OrleansShop.Engine.Sqs.Receiving;
using OrleansShop.Engine.Sqs.Streams.Adapting;
using OrleansShop.Engine.Sqs.Streams.Queues;

namespace OrleansShop.Engine.Sqs.Streams.Receiving;

/// <summary>A message that was received and is not deleted. Guarded by the lock of its <see cref="HeldMessages"/>, if nothing else is said.</summary>
/// <param name="message">The message as it was first received here. Immutable.</param>
/// <param name="queue">Where it is. Immutable.</param>
/// <param name="order">Its place among those that were received here. Immutable.</param>
internal sealed class HeldMessage(SqsMessage message, StreamQueue queue, long order)
{
    public SqsMessage Message => message;

    public StreamQueue Queue => queue;

    public long Order => order;

    /// <summary>The name of its event; null if it has none, or if it was sent again to be delivered again. Immutable.</summary>
    public string? EventKey { get; } = message.Attributes.ContainsKey(AttributeNames.OnlyFor) ? null : message.Attributes.GetValueOrDefault(AttributeNames.EventId);

    /// <summary>What it is deleted with now: another one each time it is received.</summary>
    public string ReceiptHandle { get; private set; } = message.ReceiptHandle;

    /// <summary>When it was received last: SQS hides it for at most 12 h from then on.</summary>
    public DateTimeOffset ReceivedAt { get; private set; }

    /// <summary>When its time is to be extended.</summary>
    public DateTimeOffset ExtendAt { get; set; }

    /// <summary>Nobody needs it any more: it only has to be deleted.</summary>
    public bool IsDelivered { get; set; }

    /// <summary>Whether a dead letter refers to what it refers to. Set before it is delivered, by one of its subscriptions at a time.</summary>
    public volatile bool HasDeadLetter;

    /// <summary>What was given to the agent; null before. Set once.</summary>
    public IBatchContainer? Batch { get; set; }

    public long Bytes { get; set; } = message.Body.Length;

    /// <summary>It was received, perhaps again.</summary>
    public void Receive(string receiptHandle, DateTimeOffset now)
    {
        ReceiptHandle = receiptHandle;
        ReceivedAt = now;
        ExtendAt = now + (queue.Visibility / 2);
    }
}
