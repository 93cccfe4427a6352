using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace OrleansShop.Engine.Streams.Events;

/// <summary>Tokens in JSON where the member is declared as a <see cref="StreamSequenceToken"/>.</summary>
internal sealed class SequenceTokenJsonConverter : JsonConverter<StreamSequenceToken>
{
    private const int First = 1;
    private const int Second = 2;

    public override StreamSequenceToken? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (JsonSerializer.Deserialize<Stored>(ref reader, options) is not { } stored)
            return null;
        return stored.Kind switch
        {
            First => new EventSequenceToken(stored.SequenceNumber, stored.EventIndex),
            Second => new EventSequenceTokenV2(stored.SequenceNumber, stored.EventIndex),
            _ => throw new JsonException($"There is no kind {stored.Kind} of stream sequence tokens; {First} and {Second} are known."),
        };
    }

    public override void Write(Utf8JsonWriter writer, StreamSequenceToken value, JsonSerializerOptions options)
    {
        var kind = value switch
        {
            EventSequenceToken => First,
            EventSequenceTokenV2 => Second,
            _ => throw new JsonException($"A {value.GetType()} cannot be stored in a member of type {nameof(StreamSequenceToken)}: declare the member with the token's own type."),
        };
        JsonSerializer.Serialize(writer, new Stored(kind, value.SequenceNumber, value.EventIndex), options);
    }

    private sealed record Stored(int Kind, long SequenceNumber, int EventIndex);
}
