using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Runtime;

/// <summary>Writes a <see cref="GuidId"/> as its Guid, also where it is the key of a dictionary.</summary>
public sealed class GuidIdConverter : JsonConverter<GuidId>
{
    /// <inheritdoc/>
    public override GuidId? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => GuidId.GetGuidId(reader.GetGuid());

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, GuidId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Guid);

    /// <inheritdoc/>
    public override GuidId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Guid.TryParseExact(reader.GetString(), "D", out var guid) ? GuidId.GetGuidId(guid) : throw new JsonException($"'{reader.GetString()}' is not a Guid with hyphens.");

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, GuidId value, JsonSerializerOptions options) => writer.WritePropertyName(value.Guid.ToString("D"));
}
