using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace OrleansShop.Engine.Storage.Serializers.Json;

/// <summary>The engine's stream sequence tokens. Their members have no public setters, so that they would be written and not read.</summary>
internal sealed class SequenceTokenConverter : JsonConverter
{
    private const string KindName = "Kind";
    private const int First = 1;
    private const int Second = 2;

    public override bool CanConvert(Type objectType) =>
        objectType == typeof(StreamSequenceToken) || objectType == typeof(EventSequenceToken) || objectType == typeof(EventSequenceTokenV2);

    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer)
    {
        var token = (StreamSequenceToken)value!;
        writer.WriteStartObject();
        WriteNumber(writer, KindName, token is EventSequenceTokenV2 ? Second : First);
        WriteNumber(writer, nameof(StreamSequenceToken.SequenceNumber), token.SequenceNumber);
        WriteNumber(writer, nameof(StreamSequenceToken.EventIndex), token.EventIndex);
        writer.WriteEndObject();
    }

    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer)
    {
        if (TextForm.Read(reader) is not { } stored) return null;
        var (kind, number, index) = stored is JObject token
            ? (Number(token, KindName), Number(token, nameof(StreamSequenceToken.SequenceNumber)), Number(token, nameof(StreamSequenceToken.EventIndex)))
            : (null, null, null);
        StreamSequenceToken? read = (kind, number, index) switch
        {
            (First, { } sequence, >= int.MinValue and <= int.MaxValue) => new EventSequenceToken(sequence, (int)index.Value),
            (Second, { } sequence, >= int.MinValue and <= int.MaxValue) => new EventSequenceTokenV2(sequence, (int)index.Value),
            _ => null,
        };
        return read is not null && objectType.IsInstanceOfType(read)
            ? read
            : throw TextForm.Wrong(reader, $"a {objectType.Name} with the numbers \"{KindName}\" ({First} or {Second}), \"SequenceNumber\" and \"EventIndex\"");
    }

    private static long? Number(JObject token, string name) => token[name] is JValue { Type: JTokenType.Integer } number ? (long)number : null;

    private static void WriteNumber(JsonWriter writer, string name, long number)
    {
        writer.WritePropertyName(name);
        writer.WriteValue(number);
    }
}
