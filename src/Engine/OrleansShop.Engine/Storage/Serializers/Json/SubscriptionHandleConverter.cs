using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Orleans.Runtime;
using Orleans.Streams;
using OrleansShop.Engine.Streams.Subscribing;

namespace OrleansShop.Engine.Storage.Serializers.Json;

/// <summary>Handles of stream subscriptions as the names that they are found by. What is read has to be resumed before events come.</summary>
internal sealed class SubscriptionHandleConverter : JsonConverter
{
    private const string ProviderName = "Provider";
    private const string NamespaceName = "Namespace";
    private const string KeyName = "Key";
    private const string IdName = "Id";

    public override bool CanConvert(Type objectType) => ItemOf(objectType) is not null;

    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer) =>
        ((Form)Activator.CreateInstance(typeof(Form<>).MakeGenericType(ItemOf(value!.GetType())!))!).Write(writer, value);

    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer) =>
        TextForm.Read(reader) is { } token ? ((Form)Activator.CreateInstance(typeof(Form<>).MakeGenericType(ItemOf(objectType)!))!).Read(token, reader) : null;

    private static Type? ItemOf(Type? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(StreamSubscriptionHandle<>)) return type.GetGenericArguments()[0];
        }

        return null;
    }

    private abstract class Form
    {
        public abstract void Write(JsonWriter writer, object handle);

        public abstract object Read(JToken token, JsonReader reader);
    }

    private sealed class Form<T> : Form
    {
        public override void Write(JsonWriter writer, object handle)
        {
            var (stream, provider, id) = ((StreamSubscriptionHandle<T>)handle) switch { var typed => (typed.StreamId, typed.ProviderName, typed.HandleId) };
            var (space, key) = (stream.GetNamespace(), stream.GetKeyAsString());
            if (StreamId.Create(space, key) != stream) throw new JsonSerializationException($"The subscription to {stream} cannot be stored as JSON: the bytes of its stream's id are no text.");
            writer.WriteStartObject();
            WriteText(writer, ProviderName, provider);
            WriteText(writer, NamespaceName, space);
            WriteText(writer, KeyName, key);
            WriteText(writer, IdName, id.ToString("N"));
            writer.WriteEndObject();
        }

        public override object Read(JToken token, JsonReader reader) =>
            token is JObject stored && (string?)stored[ProviderName] is { } provider && (string?)stored[KeyName] is { } key && Guid.TryParseExact((string?)stored[IdName], "N", out var id)
                ? new SubscriptionHandle<T>(desk: null, provider, StreamId.Create((string?)stored[NamespaceName], key), id)
                : throw TextForm.Wrong(reader, $"an object with the texts \"{ProviderName}\", \"{KeyName}\" and \"{IdName}\" of a stream subscription");

        private static void WriteText(JsonWriter writer, string name, string? text)
        {
            writer.WritePropertyName(name);
            writer.WriteValue(text);
        }
    }
}
