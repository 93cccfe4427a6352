using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Runtime;

/// <summary>Reads and writes <see cref="StreamId"/> in JSON: namespace and key apart, so that a slash in either does no harm.</summary>
internal sealed class StreamIdJsonConverter : JsonConverter<StreamId>
{
    public override StreamId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("A stream id is an array of a namespace, which may be null, and a key.");
        reader.Read();
        var ns = reader.GetString();
        reader.Read();
        var key = reader.GetString();
        reader.Read();
        if (reader.TokenType != JsonTokenType.EndArray)
            throw new JsonException("A stream id is an array of a namespace and a key, and of nothing else.");
        return string.IsNullOrEmpty(key) ? default : StreamId.Create(ns, key);
    }

    public override void Write(Utf8JsonWriter writer, StreamId value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(value.GetNamespace());
        writer.WriteStringValue(value.FullKey.IsEmpty ? null : value.GetKeyAsString());
        writer.WriteEndArray();
    }

    public override StreamId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        StreamId.Parse(Encoding.UTF8.GetBytes(reader.GetString()!));

    public override void WriteAsPropertyName(Utf8JsonWriter writer, StreamId value, JsonSerializerOptions options) => writer.WritePropertyName(value.ToString());
}
