using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Runtime;

/// <summary>Reads and writes <see cref="ActivationId"/> in JSON as its text form.</summary>
public sealed class ActivationIdConverter : JsonConverter<ActivationId>
{
    /// <inheritdoc/>
    public override ActivationId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ActivationId.FromParsableString(reader.GetString()!);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ActivationId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToParsableString());

    /// <inheritdoc/>
    public override ActivationId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ActivationId.FromParsableString(reader.GetString()!);

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, ActivationId value, JsonSerializerOptions options) => writer.WritePropertyName(value.ToParsableString());
}
