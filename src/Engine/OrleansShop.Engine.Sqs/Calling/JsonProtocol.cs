using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using OrleansShop.Storage.Aws.Posting;

namespace OrleansShop.Engine.Sqs.Calling;

/// <summary>The AWS JSON protocol 1.0, which SQS speaks.</summary>
internal sealed class JsonProtocol : IWireProtocol
{
    // The service reads UTF-8, and nobody puts this into a page: escaped as by default, a text would be up to six times as long.
    private static readonly JsonWriterOptions s_writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static JsonProtocol Instance { get; } = new();

    public string ContentType => "application/x-amz-json-1.0";

    public string? OperationHeader(string operation) => $"AmazonSQS.{operation}";

    /// <summary>A request.</summary>
    /// <param name="expectedBytes">About how long it gets.</param>
    /// <param name="write">Writes the properties.</param>
    public static ReadOnlyMemory<byte> Write(int expectedBytes, Action<Utf8JsonWriter> write)
    {
        var payload = new ArrayBufferWriter<byte>(expectedBytes);
        using var writer = new Utf8JsonWriter(payload, s_writing);
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
        writer.Flush();
        return payload.WrittenMemory;
    }

    /// <summary>A request with entries, whose ids are their places in the whole batch.</summary>
    /// <param name="queueUrl">The queue.</param>
    /// <param name="expectedBytes">About how long it gets.</param>
    /// <param name="entries">Which ones.</param>
    /// <param name="write">Writes the properties of one.</param>
    public static ReadOnlyMemory<byte> WriteEntries(string queueUrl, int expectedBytes, IReadOnlyList<int> entries, Action<Utf8JsonWriter, int> write) => Write(expectedBytes, json =>
    {
        json.WriteString("QueueUrl", queueUrl);
        json.WriteStartArray("Entries");
        foreach (var entry in entries)
        {
            json.WriteStartObject();
            json.WriteString("Id", entry.ToString());
            write(json, entry);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>Reads a successful answer. An empty one has no properties.</summary>
    /// <exception cref="InvalidAnswer">It is not what it should be.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(body.IsEmpty ? "{}"u8.ToArray() : body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? read(document.RootElement) : throw new InvalidAnswer("it is not a JSON object");
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or OverflowException or ArgumentException)
        {
            // Not JSON, or a property that is missing, there twice, of another type or out of range.
            throw new InvalidAnswer(cause.Message, cause);
        }
    }

    public ServiceFault ReadFault(PostAnswer answer)
    {
        string? type = null, message = null;
        try
        {
            (type, message) = Read(answer.Body, static root => (Text(root, "__type") ?? Text(root, "code"), Text(root, "message") ?? Text(root, "Message")));
        }
        catch (InvalidAnswer)
        {
            // Not the service's words, but a proxy's or none at all: the headers have to do.
        }

        var code = type ?? answer.QueryFault?.Split(';')[0] ?? $"HTTP {(int)answer.Status}";
        return ServiceFault.Of(code, message, answer.Status);
    }

    /// <summary>A property that is a string; null if there is none.</summary>
    public static string? Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetString() : null;
}
