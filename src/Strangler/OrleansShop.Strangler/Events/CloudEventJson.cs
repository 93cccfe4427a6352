using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OrleansShop.Strangler.Events;

/// <summary>
/// The JSON form of events: <c>application/cloudevents+json</c> in structured mode. The extensions are <c>sequence</c> (19 digits, so that they sort as text),
/// <c>schemaversion</c>, <c>traceparent</c> and <c>tracestate</c>; others are passed over.
/// </summary>
public static class CloudEventJson
{
    /// <summary>The version of CloudEvents that is written, and the only one that is read.</summary>
    public const string SpecVersion = "1.0";

    /// <summary>The longest text that is read: 1 MiB, which is what queues take at most.</summary>
    public const int MaxBytes = 1024 * 1024;

    private const string JsonContent = "application/json";
    private const int MaxAttributeLength = 2048;
    private const int MaxIdLength = 256;
    private const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = MaxDepth };

    /// <summary>How data is written and read: names in camel case, enumerations as numbers, members that are null included.</summary>
    public static JsonSerializerOptions DataOptions { get; } = Sealed(new JsonSerializerOptions(JsonSerializerDefaults.Web) { MaxDepth = MaxDepth });

    /// <summary>Writes an event.</summary>
    /// <exception cref="JsonException">Its data is not JSON.</exception>
    public static byte[] Write(CloudEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        var text = new ArrayBufferWriter<byte>(256 + happened.Data.Length);
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("specversion", SpecVersion);
            json.WriteString("id", happened.Id);
            json.WriteString("source", happened.Source);
            json.WriteString("type", happened.Type);
            if (happened.Subject is { } subject) json.WriteString("subject", subject);
            if (happened.Time is { } time) json.WriteString("time", time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            if (happened.DataSchema is { } schema) json.WriteString("dataschema", schema);
            if (happened.SchemaVersion is { } version) json.WriteNumber("schemaversion", version);
            if (happened.Sequence is { } sequence) json.WriteString("sequence", sequence.ToString("D19", CultureInfo.InvariantCulture));
            if (happened.TraceParent is { } parent) json.WriteString("traceparent", parent);
            if (happened.TraceState is { } state) json.WriteString("tracestate", state);
            if (!happened.Data.IsEmpty)
            {
                json.WriteString("datacontenttype", JsonContent);
                json.WritePropertyName("data");
                json.WriteRawValue(happened.Data.Span);
            }

            json.WriteEndObject();
        }

        return text.WrittenSpan.ToArray();
    }

    /// <summary>Reads an event, which may come from anywhere.</summary>
    /// <exception cref="FormatException">It is no event of this form; the message says why.</exception>
    public static CloudEvent Read(ReadOnlyMemory<byte> text)
    {
        if (text.Length > MaxBytes) throw new FormatException($"The event is {text.Length} bytes long; at most {MaxBytes} are read.");
        try
        {
            using var document = JsonDocument.Parse(text, Reading);
            return Read(document.RootElement);
        }
        catch (JsonException wrong)
        {
            throw new FormatException($"The event is no JSON: {wrong.Message}", wrong);
        }
    }

    private static CloudEvent Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) throw new FormatException($"The event is a JSON {root.ValueKind}, not an object.");
        if (Text(root, "specversion") is var version && version != SpecVersion) throw new FormatException($"The event's specversion is {version ?? "missing"}; {SpecVersion} is read.");
        if (Text(root, "datacontenttype") is { } content && content != JsonContent) throw new FormatException($"The event's datacontenttype is {content}; {JsonContent} is read.");
        return new CloudEvent
        {
            Id = Required(root, "id", MaxIdLength),
            Source = Required(root, "source", MaxAttributeLength),
            Type = Required(root, "type", MaxAttributeLength),
            Subject = Text(root, "subject"),
            Time = Text(root, "time") is { } time ? TimeOf(time) : null,
            DataSchema = Text(root, "dataschema"),
            SchemaVersion = SchemaVersionOf(root),
            Sequence = Text(root, "sequence") is { } sequence ? SequenceOf(sequence) : null,
            TraceParent = Text(root, "traceparent"),
            TraceState = Text(root, "tracestate"),
            Data = root.TryGetProperty("data", out var data) ? Encoding.UTF8.GetBytes(data.GetRawText()) : default,
        };
    }

    private static string Required(JsonElement root, string name, int maxLength) => Text(root, name, maxLength) is { Length: > 0 } text ? text : throw new FormatException($"The event has no {name}.");

    private static string? Text(JsonElement root, string name, int maxLength = MaxAttributeLength)
    {
        if (!root.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind != JsonValueKind.String) throw new FormatException($"The event's {name} is a JSON {value.ValueKind}, not a text.");
        var text = value.GetString()!;
        return text.Length <= maxLength ? text : throw new FormatException($"The event's {name} is {text.Length} characters long; at most {maxLength} are read.");
    }

    private static DateTimeOffset TimeOf(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : throw new FormatException($"The event's time is '{text}', not an RFC 3339 time.");

    private static long SequenceOf(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && sequence > 0 ? sequence : throw new FormatException($"The event's sequence is '{text}', not a positive number.");

    private static int? SchemaVersionOf(JsonElement root)
    {
        if (!root.TryGetProperty("schemaversion", out var value) || value.ValueKind == JsonValueKind.Null) return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var version) && version > 0
            ? version
            : throw new FormatException($"The event's schemaversion is {value.GetRawText()}, not a positive number.");
    }

    private static JsonSerializerOptions Sealed(JsonSerializerOptions options)
    {
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
