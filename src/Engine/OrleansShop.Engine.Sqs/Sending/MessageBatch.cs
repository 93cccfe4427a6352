using OrleansShop.Engine.Sqs.Batches;
using OrleansShop.Engine.Sqs.Calling;

namespace OrleansShop.Engine.Sqs.Sending;

/// <summary>Messages that are sent together, and what became of each. What cannot be sent has failed before anything is.</summary>
internal sealed class MessageBatch
{
    private readonly SqsSent?[] _sent;

    public MessageBatch(CalledService service, string target, IReadOnlyList<SqsOutgoing> messages, int maxBytes, bool keepsGroupOrder)
    {
        Messages = messages;
        Sizes = [.. messages.Select(MessageRules.SizeInBytes)];
        Entries = new PendingEntries(Sizes, maxBytes, keepsGroupOrder && MessageRules.IsFifo(target) ? entry => messages[entry].GroupId : static _ => null);
        _sent = new SqsSent?[messages.Count];
        for (var entry = 0; entry < messages.Count; entry++)
        {
            if (Entries.Errors[entry] is null && MessageRules.Fault(service, target, messages[entry], Sizes[entry], maxBytes) is { } fault) Entries.Fail(entry, fault);
        }
    }

    public IReadOnlyList<SqsOutgoing> Messages { get; }

    public int[] Sizes { get; }

    public PendingEntries Entries { get; }

    /// <summary>A message was sent.</summary>
    /// <returns>Null: nothing is wrong with it.</returns>
    public SqsException? Take(EntryAnswer answer)
    {
        _sent[answer.Entry] = new SqsSent(answer.MessageId ?? throw new InvalidAnswer("a sent message has no MessageId"), answer.SequenceNumber);
        return null;
    }

    public IReadOnlyList<SqsSent> Results() => [.. _sent.Select((sent, entry) => sent ?? new SqsSent(null, null, Entries.Errors[entry]))];
}
