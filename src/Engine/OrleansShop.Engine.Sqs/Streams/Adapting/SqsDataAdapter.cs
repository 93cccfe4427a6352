using System.Text.Json;
using Amazon.SQS.Model;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Streaming.SQS.Streams;
using Orleans.Streams;
using OrleansShop.Engine.Serialization;
using OrleansShop.Engine.Streams.Events;

namespace OrleansShop.Engine.Sqs.Streams.Adapting;

/// <summary>The usual form of messages: a JSON object with one property, <c>payload</c>, the engine's binary form in Base64.</summary>
internal sealed class SqsDataAdapter(Serializer<SqsPayload> payloads, IMemoryMessageBodySerializer bodies) : ISQSDataAdapter
{
    /// <summary>The version of this form. A reader refuses others: it could only guess.</summary>
    public const string Version = "1";

    private const string Before = "{\"payload\":\"";
    private const string After = "\"}";

    public Message ToQueueMessage<T>(StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext)
    {
        ArgumentNullException.ThrowIfNull(events);
        var body = bodies.Serialize(new MemoryMessageBody(events.Select(static item => (object)item!), requestContext));
        var payload = payloads.SerializeToArray(new SqsPayload(streamId, [.. body], typeof(T) == typeof(StreamSignal)));
        var message = new Message { Body = $"{Before}{Convert.ToBase64String(payload)}{After}" };
        message.MessageAttributes[AttributeNames.Schema] = new MessageAttributeValue { StringValue = Version };
        return message;
    }

    public IBatchContainer FromQueueMessage(Message queueMessage, long sequenceId)
    {
        ArgumentNullException.ThrowIfNull(queueMessage);
        if (!queueMessage.MessageAttributes.TryGetValue(AttributeNames.Schema, out var version))
            throw new UnreadableMessageException($"It has no attribute {AttributeNames.Schema}: nobody has published it to a stream.");
        if (version.StringValue != Version)
            throw new UnreadableMessageException($"Its attribute {AttributeNames.Schema} is \"{version.StringValue}\"; this provider reads \"{Version}\". A newer publisher may have sent it.");
        return new SqsBatchContainer(Read(queueMessage.Body), sequenceId);
    }

    private SqsPayload Read(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("payload", out var payload) || payload.ValueKind != JsonValueKind.String)
                throw new UnreadableMessageException("Its body is no JSON object with the text \"payload\".");
            var read = payloads.Deserialize(payload.GetBytesFromBase64());
            return read is { Body: not null, Stream.FullKey.IsEmpty: false } ? read : throw new UnreadableMessageException("Its payload names no stream, or has no events.");
        }
        catch (JsonException damaged)
        {
            throw new UnreadableMessageException($"Its body of {body.Length} characters is no JSON, or was cut: {damaged.Message}", damaged);
        }
        catch (FormatException damaged)
        {
            throw new UnreadableMessageException("Its payload is not Base64.", damaged);
        }
        catch (PayloadException damaged)
        {
            throw new UnreadableMessageException($"Its payload is not in the engine's form, or was cut: {damaged.Message}", damaged);
        }
    }
}
