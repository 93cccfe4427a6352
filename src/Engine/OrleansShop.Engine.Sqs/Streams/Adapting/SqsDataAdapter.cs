using System.Buffers.Text;
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
        var message = new Message { Body = Write(streamId, events, requestContext) };
        message.MessageAttributes[AttributeNames.Schema] = new MessageAttributeValue { StringValue = Version };
        return message;
    }

    /// <summary>The body of a message whose attribute <see cref="AttributeNames.Schema"/> is <see cref="Version"/>.</summary>
    public string Write<T>(StreamId stream, IEnumerable<T> events, Dictionary<string, object>? requestContext)
    {
        var body = bodies.Serialize(new MemoryMessageBody(events.Select(static item => (object)item!), requestContext));
        var bytes = body is { Array: { } whole, Offset: 0 } && body.Count == whole.Length ? whole : [.. body];
        var payload = payloads.SerializeToArray(new SqsPayload(stream, bytes, typeof(T) == typeof(StreamSignal)));
        return string.Create(Before.Length + ((payload.Length + 2) / 3 * 4) + After.Length, payload, static (text, payload) =>
        {
            Before.CopyTo(text);
            Convert.TryToBase64Chars(payload, text[Before.Length..], out _);
            After.CopyTo(text[^After.Length..]);
        });
    }

    public IBatchContainer FromQueueMessage(Message queueMessage, long sequenceId)
    {
        ArgumentNullException.ThrowIfNull(queueMessage);
        return Read(queueMessage.MessageAttributes.GetValueOrDefault(AttributeNames.Schema)?.StringValue, queueMessage.Body, sequenceId);
    }

    /// <summary>A message as agents get it.</summary>
    /// <param name="version">The value of its attribute <see cref="AttributeNames.Schema"/>; null if it has none.</param>
    /// <param name="body">Its body.</param>
    /// <param name="sequence">The number of its token.</param>
    public SqsBatchContainer Read(string? version, string body, long sequence)
    {
        if (version is null)
            throw new UnreadableMessageException($"It has no attribute {AttributeNames.Schema}: nobody has published it to a stream.");
        if (version != Version)
            throw new UnreadableMessageException($"Its attribute {AttributeNames.Schema} is \"{version}\"; this provider reads \"{Version}\". A newer publisher may have sent it.");
        return new SqsBatchContainer(Read(body), sequence);
    }

    private SqsPayload Read(string body)
    {
        try
        {
            // As it is written here, it need not be taken apart as JSON. Others may write it with spaces, and more properties.
            if (PayloadOf(body) is { } bytes) return Read(bytes);

            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("payload", out var payload) || payload.ValueKind != JsonValueKind.String)
                throw new UnreadableMessageException("Its body is no JSON object with the text \"payload\".");
            return Read(payload.GetBytesFromBase64());
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

    private SqsPayload Read(byte[] bytes) => payloads.Deserialize(bytes) is { Body: not null, Stream.FullKey.IsEmpty: false } read
        ? read
        : throw new UnreadableMessageException("Its payload names no stream, or has no events.");

    // Null if the body is written in another way.
    private static byte[]? PayloadOf(string body)
    {
        if (body.Length < Before.Length + After.Length || !body.StartsWith(Before, StringComparison.Ordinal) || !body.EndsWith(After, StringComparison.Ordinal)) return null;
        var text = body.AsSpan(Before.Length..^After.Length);
        if (!Base64.IsValid(text, out var length)) return null;
        var bytes = new byte[length];
        return Convert.TryFromBase64Chars(text, bytes, out var written) && written == length ? bytes : null;
    }
}
