using Newtonsoft.Json;
using Orleans.Runtime;

namespace OrleansShop.Engine.Storage.Serializers.Json;

/// <summary>Activation ids as an object with their text.</summary>
internal sealed class ActivationIdConverter : JsonConverter<ActivationId>
{
    private const string Name = "ActivationId";

    public override void WriteJson(JsonWriter writer, ActivationId value, JsonSerializer serializer)
    {
        writer.WriteStartObject();
        writer.WritePropertyName(Name);
        writer.WriteValue(value.ToParsableString());
        writer.WriteEndObject();
    }

    public override ActivationId ReadJson(JsonReader reader, Type objectType, ActivationId existingValue, bool hasExistingValue, JsonSerializer serializer)
    {
        if (TextForm.Read(reader) is not { } token) return default;
        try
        {
            return ActivationId.FromParsableString(TextForm.Of(token, Name, reader));
        }
        catch (FormatException e)
        {
            throw TextForm.Wrong(reader, "the text of an activation id", e);
        }
    }
}
