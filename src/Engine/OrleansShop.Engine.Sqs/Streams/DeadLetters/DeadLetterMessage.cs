using System.Security.Cryptography;
using System.Text;
using Orleans.Runtime;
using OrleansShop.Engine.Sqs.Receiving;
using OrleansShop.Engine.Sqs.Sending;
using OrleansShop.Engine.Sqs.Streams.Adapting;
using OrleansShop.Engine.Sqs.Streams.Receiving;
using OrleansShop.Engine.Streams.DeadLetters;

namespace OrleansShop.Engine.Sqs.Streams.DeadLetters;

/// <summary>Dead letters as messages: what they were, with attributes that say why.</summary>
internal static class DeadLetterMessage
{
    private const int MostAttributes = 10;
    private const int MostExceptionChars = 256;

    /// <summary>The type of the failure of what SQS itself has moved.</summary>
    private const string ReceivedTooOften = "MaxReceiveCountExceeded";

    /// <summary>Who could not take what nobody was asked to take.</summary>
    private static readonly GrainId s_nobody = GrainId.Create("none", "none");

    /// <summary>A message that a subscription could not take.</summary>
    public static SqsOutgoing Of(HeldMessage held, DeadLetterReason reason, SqsStreams streams) => Make(
        held,
        new ReasonJson
        {
            StreamNamespace = reason.Stream.Namespace.IsEmpty ? null : Convert.ToBase64String(reason.Stream.Namespace.Span),
            StreamKey = Convert.ToBase64String(reason.Stream.Key.Span),
            Subscription = reason.Subscription,
            Consumer = reason.Consumer.ToString(),
            Attempts = reason.Attempts,
            FirstFailedAt = reason.FirstFailedAt,
            FailedAt = reason.FailedAt,
            Type = reason.ExceptionType,
            Message = reason.ExceptionMessage,
            Detail = reason.ExceptionDetail,
            TraceParent = reason.TraceParent,
            MessageId = held.Message.Id,
        },
        streams);

    /// <summary>A message that cannot be read.</summary>
    public static SqsOutgoing OfUnreadable(HeldMessage held, UnreadableMessageException unreadable, SqsStreams streams)
    {
        var now = streams.Time.GetUtcNow();
        var stream = StreamOf(held.Message);
        return Make(
            held,
            new ReasonJson
            {
                StreamNamespace = stream.Namespace.IsEmpty ? null : Convert.ToBase64String(stream.Namespace.Span),
                StreamKey = Convert.ToBase64String(stream.Key.Span),
                Attempts = held.Message.SystemAttributes.ReceiveCount,
                FirstFailedAt = held.Message.SystemAttributes.FirstReceivedAt ?? now,
                FailedAt = now,
                Type = unreadable.GetType().FullName!,
                Message = unreadable.Message,
                Detail = unreadable.InnerException?.ToString(),
                MessageId = held.Message.Id,
            },
            streams);
    }

    /// <summary>Why a message is among the dead letters.</summary>
    public static DeadLetterReason ReasonOf(SqsMessage message, string queue, string provider)
    {
        if (message.Attributes.TryGetValue(AttributeNames.DeadLetter, out var text) && ReasonJson.Read(text) is { } said)
        {
            return new DeadLetterReason
            {
                Provider = provider,
                Queue = queue,
                Stream = StreamId.Create(said.StreamNamespace is null ? [] : Convert.FromBase64String(said.StreamNamespace), Convert.FromBase64String(said.StreamKey)),
                Subscription = said.Subscription,
                Consumer = said.Consumer is { } consumer ? GrainId.Parse(consumer) : s_nobody,
                Attempts = said.Attempts,
                FirstFailedAt = said.FirstFailedAt,
                FailedAt = said.FailedAt,
                ExceptionType = said.Type,
                ExceptionMessage = said.Message,
                ExceptionDetail = said.Detail,
                TraceParent = said.TraceParent,
            };
        }

        var receivedAt = message.SystemAttributes.FirstReceivedAt ?? message.SystemAttributes.SentAt;
        return new DeadLetterReason
        {
            Provider = provider,
            Queue = queue,
            Stream = StreamOf(message),
            Subscription = Guid.Empty,
            Consumer = s_nobody,
            Attempts = Math.Max(1, message.SystemAttributes.ReceiveCount),
            FirstFailedAt = receivedAt,
            FailedAt = receivedAt,
            ExceptionType = ReceivedTooOften,
            ExceptionMessage = "SQS has given the message out as often as the queue's redrive policy allows, and was never told that it was delivered: it may end the process that takes it. It goes to all subscriptions when it is sent again.",
            TraceParent = message.Attributes.GetValueOrDefault(AttributeNames.TraceParent),
        };
    }

    /// <summary>The message that it was, for the subscription alone that could not take it.</summary>
    public static SqsOutgoing ToSendAgain(SqsMessage dead, DeadLetterReason reason, bool isFifo)
    {
        var attributes = dead.Attributes.Where(static attribute => !AttributeNames.OfDeadLetters.Contains(attribute.Key)).ToDictionary();
        if (reason.Subscription != Guid.Empty) attributes[AttributeNames.OnlyFor] = reason.Subscription.ToString("N");
        return new SqsOutgoing(dead.Body)
        {
            Attributes = attributes,
            AttributeTypes = dead.AttributeTypes.Where(type => attributes.ContainsKey(type.Key)).ToDictionary(),
            GroupId = isFifo ? StreamMessages.GroupOf(reason.Stream) : null,

            // Repeated, it is one message; the next time that it is a dead letter, it is another one.
            DeduplicationId = isFifo ? $"again-{dead.Id}" : null,
        };
    }

    private static SqsOutgoing Make(HeldMessage held, ReasonJson reason, SqsStreams streams)
    {
        var message = held.Message;
        var mostKept = MostAttributes - AttributeNames.OfDeadLetters.Count;
        var attributes = message.Attributes.Where(static attribute => attribute.Key != AttributeNames.OnlyFor).OrderBy(static attribute => !IsOurs(attribute.Key)).Take(mostKept).ToDictionary();
        var types = message.AttributeTypes.Where(type => attributes.ContainsKey(type.Key)).ToDictionary();
        attributes[AttributeNames.Attempts] = $"{reason.Attempts}";
        types[AttributeNames.Attempts] = "Number";
        attributes[AttributeNames.Exception] = AttributeText.Readable($"{reason.Type}: {reason.Message}", MostExceptionChars)!;
        if (AttributeText.Readable(reason.Consumer, MostExceptionChars) is { } grain) attributes[AttributeNames.Grain] = grain;

        // Of one message and one subscription there is one dead letter: a FIFO queue sees to that, for others it is seen when they are listed.
        var key = held.Queue.IsFifo ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{message.Id}/{reason.Subscription:N}"))) : null;
        foreach (var fitting in Shorter(reason))
        {
            attributes[AttributeNames.DeadLetter] = fitting.Write();
            var outgoing = new SqsOutgoing(message.Body) { Attributes = attributes, AttributeTypes = types, GroupId = key, DeduplicationId = key };
            if (MessageRules.SizeInBytes(outgoing) <= streams.Options.MaxMessageBytes) return outgoing;
        }

        // Longer than this provider publishes: there is no room for a reason.
        attributes.Remove(AttributeNames.DeadLetter);
        attributes.Remove(AttributeNames.Grain);
        attributes.Remove(AttributeNames.Exception);
        attributes.Remove(AttributeNames.Attempts);
        types.Remove(AttributeNames.Attempts);
        return new SqsOutgoing(message.Body) { Attributes = attributes, AttributeTypes = types, GroupId = key, DeduplicationId = key };
    }

    // The room beside a large message may not be enough for a long stack.
    private static IEnumerable<ReasonJson> Shorter(ReasonJson reason)
    {
        yield return reason;
        for (var length = reason.Detail?.Length / 2 ?? 0; length > MostExceptionChars; length /= 2) yield return reason with { Detail = reason.Detail![..length] };
        yield return reason with { Detail = null };
        yield return reason with { Detail = null, Message = reason.Message[..Math.Min(reason.Message.Length, MostExceptionChars)] };
    }

    private static bool IsOurs(string attribute) => attribute is AttributeNames.Schema or AttributeNames.EventId or AttributeNames.StreamNamespace or AttributeNames.StreamKey or AttributeNames.TraceParent or AttributeNames.ClaimCheck;

    // What is not ours has no stream: it gets one that says so.
    private static StreamId StreamOf(SqsMessage message) => message.Attributes.TryGetValue(AttributeNames.StreamKey, out var key)
        ? StreamId.Create(message.Attributes.GetValueOrDefault(AttributeNames.StreamNamespace), key)
        : StreamId.Create("unknown", message.Id);
}
