using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Orleans.Runtime;

namespace OrleansShop.Engine.Storage.Serializers.Json;

/// <summary>Grain ids as a type and a key, or null for the default, which is no grain's; read as one text too.</summary>
internal sealed class GrainIdConverter : JsonConverter
{
    private const string TypeName = "Type";
    private const string KeyName = "Key";

    public override bool CanConvert(Type objectType) => objectType == typeof(GrainId) || objectType == typeof(GrainId?);

    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer)
    {
        if (value is not GrainId { IsDefault: false } id) writer.WriteNull();
        else Write(writer, id);
    }

    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer) =>
        TextForm.Read(reader) is { } token ? Read(token, reader) : objectType == typeof(GrainId) ? default(GrainId) : null;

    public static void Write(JsonWriter writer, GrainId id)
    {
        writer.WriteStartObject();
        writer.WritePropertyName(TypeName);
        writer.WriteValue(id.Type.ToString());
        writer.WritePropertyName(KeyName);
        writer.WriteValue(id.Key.ToString());
        writer.WriteEndObject();
    }

    public static GrainId Read(JToken token, JsonReader reader)
    {
        if (token is JObject id && id[TypeName] is JValue { Type: JTokenType.String } type && id[KeyName] is JValue { Type: JTokenType.String } key) return GrainId.Create((string)type!, (string)key!);
        return token is JValue { Type: JTokenType.String } text && GrainId.TryParse((string)text!, provider: null, out var parsed)
            ? parsed
            : throw TextForm.Wrong(reader, "an object with a \"Type\" and a \"Key\", or the text of a grain id");
    }
}
