using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Runtime;
using Orleans.Streams;

namespace OrleansShop.Engine.Streams.Subscribing;

/// <summary>Makes the converters of handles, so that they can stand in states that are stored as JSON.</summary>
internal sealed class SubscriptionHandleJsonConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType
        && (typeToConvert.GetGenericTypeDefinition() == typeof(StreamSubscriptionHandle<>) || typeToConvert.GetGenericTypeDefinition() == typeof(SubscriptionHandle<>));

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed record Stored(string Provider, StreamId Stream, Guid Id);

    private sealed class Of<T> : JsonConverter<StreamSubscriptionHandle<T>>
    {
        public override bool CanConvert(Type typeToConvert) => typeof(StreamSubscriptionHandle<T>).IsAssignableFrom(typeToConvert);

        public override StreamSubscriptionHandle<T>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<Stored>(ref reader, options) is { } stored ? new SubscriptionHandle<T>(desk: null, stored.Provider, stored.Stream, stored.Id) : null;

        public override void Write(Utf8JsonWriter writer, StreamSubscriptionHandle<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, new Stored(value.ProviderName, value.StreamId, value.HandleId), options);
    }
}
