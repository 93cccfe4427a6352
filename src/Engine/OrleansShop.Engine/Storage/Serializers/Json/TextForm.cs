using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OrleansShop.Engine.Storage.Serializers.Json;

/// <summary>Reads the forms in which identities are stored: a text, or an object that has texts.</summary>
internal static class TextForm
{
    /// <summary>Reads the next value; null for null.</summary>
    public static JToken? Read(JsonReader reader) => reader.TokenType == JsonToken.Null ? null : JToken.Load(reader);

    /// <summary>Returns the text of a value that is one, or that is an object with one under a name.</summary>
    /// <exception cref="JsonSerializationException">It is neither.</exception>
    public static string Of(JToken token, string name, JsonReader reader) => (token as JObject)?[name] is JValue { Type: JTokenType.String } member ? (string)member!
        : token is JValue { Type: JTokenType.String } text ? (string)text!
        : throw Wrong(reader, $"a text, or an object with a text \"{name}\"");

    public static JsonSerializationException Wrong(JsonReader reader, string wanted, Exception? cause = null) => new($"Path '{reader.Path}': {wanted} was expected.", cause!);
}
