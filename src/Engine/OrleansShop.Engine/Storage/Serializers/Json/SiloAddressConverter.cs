using Newtonsoft.Json;
using Orleans.Runtime;

namespace OrleansShop.Engine.Storage.Serializers.Json;

/// <summary>Silo addresses as an object with their text.</summary>
internal sealed class SiloAddressConverter : JsonConverter<SiloAddress>
{
    private const string Name = "SiloAddress";

    public override void WriteJson(JsonWriter writer, SiloAddress? value, JsonSerializer serializer)
    {
        writer.WriteStartObject();
        writer.WritePropertyName(Name);
        writer.WriteValue(value!.ToParsableString());
        writer.WriteEndObject();
    }

    public override SiloAddress? ReadJson(JsonReader reader, Type objectType, SiloAddress? existingValue, bool hasExistingValue, JsonSerializer serializer)
    {
        if (TextForm.Read(reader) is not { } token) return null;
        return SiloAddress.TryParse(TextForm.Of(token, Name, reader), provider: null, out var address) ? address : throw TextForm.Wrong(reader, "the text of a silo address");
    }
}
