using Newtonsoft.Json;
using Orleans.Runtime;

namespace OrleansShop.Engine.Storage.Serializers.Json;

/// <summary>Membership versions as numbers.</summary>
internal sealed class MembershipVersionConverter : JsonConverter<MembershipVersion>
{
    public override void WriteJson(JsonWriter writer, MembershipVersion value, JsonSerializer serializer) => writer.WriteValue(value.Value);

    public override MembershipVersion ReadJson(JsonReader reader, Type objectType, MembershipVersion existingValue, bool hasExistingValue, JsonSerializer serializer) =>
        reader.TokenType == JsonToken.Null ? default
        : reader.Value is long version ? new MembershipVersion(version)
        : throw TextForm.Wrong(reader, "a number");
}
