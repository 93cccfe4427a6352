using System.Text.Json;
using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Engine.Sqs.Sending;

namespace OrleansShop.Engine.Sqs.Receiving;

/// <summary>Reads the answer to a receive.</summary>
internal static class ReceivedMessages
{
    /// <exception cref="InvalidAnswer">It is not what it should be.</exception>
    public static Received Read(ReadOnlyMemory<byte> answer) => JsonProtocol.Read(answer, static root =>
    {
        if (!root.TryGetProperty("Messages", out var list) || list.ValueKind == JsonValueKind.Null) return new Received([], []);

        var messages = new List<SqsMessage>(list.GetArrayLength());
        List<string> damaged = [];
        foreach (var entry in list.EnumerateArray())
        {
            var message = ReadMessage(entry);
            if (BodyDigest.Fits(message.Body, JsonProtocol.Text(entry, "MD5OfBody"))) messages.Add(message);
            else damaged.Add(message.Id);
        }

        return new Received(messages, damaged);
    });

    private static SqsMessage ReadMessage(JsonElement entry)
    {
        IReadOnlyDictionary<string, string> values = MessageRules.NoAttributes, types = MessageRules.NoAttributes;
        if (entry.TryGetProperty("MessageAttributes", out var attributes) && attributes.ValueKind == JsonValueKind.Object)
        {
            Dictionary<string, string> read = new(attributes.GetPropertyCount());
            Dictionary<string, string>? unusual = null;
            values = read;
            foreach (var attribute in attributes.EnumerateObject())
            {
                var type = Required(attribute.Value, "DataType");
                read[attribute.Name] = Required(attribute.Value, MessageRules.IsBinary(type) ? "BinaryValue" : "StringValue");
                if (type != "String") (unusual ??= [])[attribute.Name] = type;
            }

            types = unusual ?? types;
        }

        return new SqsMessage(Required(entry, "MessageId"), Required(entry, "ReceiptHandle"), Required(entry, "Body"), values, types, ReadSystem(entry));
    }

    private static SqsSystemAttributes ReadSystem(JsonElement entry)
    {
        var isThere = entry.TryGetProperty("Attributes", out var attributes) && attributes.ValueKind == JsonValueKind.Object;
        Dictionary<string, string> all = new(isThere ? attributes.GetPropertyCount() : 0);
        if (isThere)
        {
            foreach (var attribute in attributes.EnumerateObject()) all[attribute.Name] = attribute.Value.GetString() ?? throw new InvalidAnswer($"{attribute.Name} is null");
        }

        return new SqsSystemAttributes(int.Parse(all.GetValueOrDefault("ApproximateReceiveCount") ?? "1"), Time("SentTimestamp") ?? DateTimeOffset.UnixEpoch)
        {
            FirstReceivedAt = Time("ApproximateFirstReceiveTimestamp"),
            GroupId = all.GetValueOrDefault("MessageGroupId"),
            DeduplicationId = all.GetValueOrDefault("MessageDeduplicationId"),
            SequenceNumber = all.GetValueOrDefault("SequenceNumber"),
            DeadLetterSourceArn = all.GetValueOrDefault("DeadLetterQueueSourceArn"),
            All = all,
        };

        DateTimeOffset? Time(string name)
        {
            if (!all.TryGetValue(name, out var text)) return null;
            var milliseconds = long.Parse(text);
            return milliseconds >= 0 && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : throw new InvalidAnswer($"{name} is {text}");
        }
    }

    private static string Required(JsonElement parent, string name) => JsonProtocol.Text(parent, name) ?? throw new InvalidAnswer($"it has no {name}");
}
