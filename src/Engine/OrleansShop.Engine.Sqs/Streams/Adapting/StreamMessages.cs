using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Amazon.SQS.Model;
using Orleans.Runtime;
using OrleansShop.Engine.Sqs.Receiving;
using OrleansShop.Engine.Sqs.Sending;

namespace OrleansShop.Engine.Sqs.Streams.Adapting;

/// <summary>Between what data adapters make and read and what is sent and received.</summary>
internal static class StreamMessages
{
    private const int MostKeyChars = 256;
    private const int LongestId = 128;
    private const int MostUsualAttributes = 5;

    /// <summary>What is sent: the adapter's message, and what the provider needs besides.</summary>
    /// <param name="message">What the adapter has made.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="eventId">What names the event; null for a new name.</param>
    /// <param name="isFifo">Whether it goes to a FIFO queue.</param>
    public static SqsOutgoing ToSend(Message message, StreamId stream, string? eventId, bool isFifo)
    {
        Dictionary<string, string> attributes = [], types = [];
        foreach (var (name, value) in message.MessageAttributes)
        {
            attributes[name] = value.BinaryValue is { } bytes ? Convert.ToBase64String(bytes.ToArray()) : value.StringValue ?? "";
            if (value.DataType != "String") types[name] = value.DataType;
        }

        return ToSend(message.Body, attributes, types.Count == 0 ? null : types, stream, eventId, isFifo);
    }

    /// <summary>What is sent of a body in the usual form.</summary>
    public static SqsOutgoing ToSend(string body, StreamId stream, string? eventId, bool isFifo) =>
        ToSend(body, new Dictionary<string, string>(MostUsualAttributes) { [AttributeNames.Schema] = SqsDataAdapter.Version }, types: null, stream, eventId, isFifo);

    private static SqsOutgoing ToSend(string body, Dictionary<string, string> attributes, Dictionary<string, string>? types, StreamId stream, string? eventId, bool isFifo)
    {
        var id = eventId is null ? RandomNumberGenerator.GetHexString(32, lowercase: true) : IdOf(eventId);
        attributes[AttributeNames.EventId] = id;
        Add(AttributeNames.StreamNamespace, stream.GetNamespace());
        Add(AttributeNames.StreamKey, stream.GetKeyAsString());
        Add(AttributeNames.TraceParent, Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } trace } ? trace : null);
        return new SqsOutgoing(body)
        {
            Attributes = attributes,
            AttributeTypes = types,
            GroupId = isFifo ? GroupOf(stream) : null,
            DeduplicationId = isFifo ? id : null,
        };

        void Add(string name, string? value)
        {
            if (AttributeText.Readable(value, MostKeyChars) is { } text) attributes[name] = text;
        }
    }

    /// <summary>What an adapter reads.</summary>
    public static Message ToRead(SqsMessage received, string body) => new()
    {
        Body = body,
        MessageId = received.Id,
        ReceiptHandle = received.ReceiptHandle,
        Attributes = new Dictionary<string, string>(received.SystemAttributes.All),
        MessageAttributes = received.Attributes.ToDictionary(static attribute => attribute.Key, attribute => ToRead(received, attribute.Key, attribute.Value)),
    };

    /// <summary>The group of a stream: all its events, and of no other.</summary>
    public static string GroupOf(StreamId stream)
    {
        // The length of the namespace, so that no two streams have the same bytes.
        var key = new byte[sizeof(int) + stream.FullKey.Length];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(key, stream.Namespace.Length);
        stream.FullKey.Span.CopyTo(key.AsSpan(sizeof(int)));
        return Convert.ToHexStringLower(SHA256.HashData(key));
    }

    /// <summary>A name as an id that SQS takes: itself, or its hash.</summary>
    public static string IdOf(string name) =>
        name.Length is > 0 and <= LongestId && name.All(static c => c is > ' ' and <= '~') ? name : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    private static MessageAttributeValue ToRead(SqsMessage received, string name, string value)
    {
        var type = received.AttributeTypes.GetValueOrDefault(name) ?? "String";
        return MessageRules.IsBinary(type)
            ? new MessageAttributeValue { DataType = type, BinaryValue = new MemoryStream(Convert.FromBase64String(value), writable: false) }
            : new MessageAttributeValue { DataType = type, StringValue = value };
    }
}
