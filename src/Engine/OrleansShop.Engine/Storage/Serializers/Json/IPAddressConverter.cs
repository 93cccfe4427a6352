using System.Net;
using Newtonsoft.Json;

namespace OrleansShop.Engine.Storage.Serializers.Json;

/// <summary>Addresses as text.</summary>
internal sealed class IPAddressConverter : JsonConverter<IPAddress>
{
    public override void WriteJson(JsonWriter writer, IPAddress? value, JsonSerializer serializer) => writer.WriteValue(value?.ToString());

    public override IPAddress? ReadJson(JsonReader reader, Type objectType, IPAddress? existingValue, bool hasExistingValue, JsonSerializer serializer) =>
        reader.TokenType == JsonToken.Null ? null
        : IPAddress.TryParse(reader.Value as string, out var address) ? address
        : throw TextForm.Wrong(reader, "the text of an IP address");
}
