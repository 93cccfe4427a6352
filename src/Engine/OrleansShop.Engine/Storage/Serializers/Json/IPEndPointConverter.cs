using System.Net;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OrleansShop.Engine.Storage.Serializers.Json;

/// <summary>Endpoints as an address and a port.</summary>
internal sealed class IPEndPointConverter : JsonConverter<IPEndPoint>
{
    public override void WriteJson(JsonWriter writer, IPEndPoint? value, JsonSerializer serializer)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("Address");
        writer.WriteValue(value!.Address.ToString());
        writer.WritePropertyName("Port");
        writer.WriteValue(value.Port);
        writer.WriteEndObject();
    }

    public override IPEndPoint? ReadJson(JsonReader reader, Type objectType, IPEndPoint? existingValue, bool hasExistingValue, JsonSerializer serializer)
    {
        if (TextForm.Read(reader) is not { } token) return null;
        return token is JObject endPoint && endPoint["Address"] is JValue { Type: JTokenType.String } text && IPAddress.TryParse((string)text!, out var address)
            && endPoint["Port"] is JValue { Type: JTokenType.Integer, Value: long and >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort } port
            ? new IPEndPoint(address, (int)port)
            : throw TextForm.Wrong(reader, "an object with an \"Address\" and a \"Port\"");
    }
}
