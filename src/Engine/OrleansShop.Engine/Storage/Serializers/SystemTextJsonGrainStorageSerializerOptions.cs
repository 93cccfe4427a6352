using System.Text.Json;
using Orleans.Runtime;
using OrleansShop.Engine.Storage.Serializers;
using OrleansShop.Engine.Streams.Events;
using OrleansShop.Engine.Streams.Subscribing;

namespace Orleans.Serialization;

/// <summary>How <see cref="Storage.SystemTextJsonGrainStorageSerializer"/> writes states.</summary>
public class SystemTextJsonGrainStorageSerializerOptions
{
    /// <summary>
    /// The options of the JSON serializer. By default: names as they are declared, public properties and fields, grain ids and silo
    /// addresses as text, and stream subscriptions and sequence tokens.
    /// </summary>
    public JsonSerializerOptions JsonSerializerOptions { get; set; } = new()
    {
        IncludeFields = true,
        Converters = { new ParsableJsonConverter<GrainId>(), new ParsableJsonConverter<SiloAddress>(), new SubscriptionHandleJsonConverter(), new SequenceTokenJsonConverter() },
    };
}
