using System.Text.Json;
using Orleans.Runtime;
using OrleansShop.Engine.Storage.Serializers;

namespace Orleans.Serialization;

/// <summary>How <see cref="Storage.SystemTextJsonGrainStorageSerializer"/> writes states.</summary>
public class SystemTextJsonGrainStorageSerializerOptions
{
    /// <summary>
    /// The options of the JSON serializer. By default: names as they are declared, public properties and fields, and grain ids and silo
    /// addresses as text.
    /// </summary>
    public JsonSerializerOptions JsonSerializerOptions { get; set; } = new()
    {
        IncludeFields = true,
        Converters = { new ParsableJsonConverter<GrainId>(), new ParsableJsonConverter<SiloAddress>() },
    };
}
