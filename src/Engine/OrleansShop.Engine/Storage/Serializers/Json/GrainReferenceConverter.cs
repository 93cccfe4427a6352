using Microsoft.Extensions.DependencyInjection;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Orleans;
using Orleans.Runtime;
using OrleansShop.Engine.Calls;

namespace OrleansShop.Engine.Storage.Serializers.Json;

/// <summary>Grain references as the grain's id and the name of the interface.</summary>
/// <param name="services">The services of a silo or client; null where references can be written and not read.</param>
internal sealed class GrainReferenceConverter(IServiceProvider? services) : JsonConverter
{
    private const string IdName = "Id";
    private const string InterfaceName = "Interface";

    public override bool CanConvert(Type objectType) => typeof(IAddressable).IsAssignableFrom(objectType);

    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer)
    {
        var reference = value as GrainReference ?? (value as IGrainBase)?.GrainContext?.GrainReference
            ?? throw new JsonSerializationException($"{value?.GetType()} is neither a reference to a grain nor a grain; only these can be stored as one.");
        writer.WriteStartObject();
        writer.WritePropertyName(IdName);
        GrainIdConverter.Write(writer, reference.GrainId);
        writer.WritePropertyName(InterfaceName);
        writer.WriteValue(reference.InterfaceType.IsDefault ? "" : reference.InterfaceType.ToString());
        writer.WriteEndObject();
    }

    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer)
    {
        if (TextForm.Read(reader) is not { } token) return null;
        if (token is not JObject stored || stored[IdName] is not { } id) throw TextForm.Wrong(reader, "an object with the \"Id\" and the \"Interface\" of a grain reference");
        if (services is null) throw new JsonSerializationException($"Path '{reader.Path}': a grain reference can be read only with the services of a silo or client, which this serializer was made without.");
        return Create(services, GrainIdConverter.Read(id, reader), (string?)stored[InterfaceName], objectType, reader);
    }

    private static object Create(IServiceProvider services, GrainId id, string? interfaceName, Type wanted, JsonReader reader)
    {
        // Asked for first: it makes the references' way to their grains.
        var factory = services.GetRequiredService<IGrainFactory>();
        var references = services.GetRequiredService<ReferenceFactory>();
        try
        {
            var reference = string.IsNullOrEmpty(interfaceName) ? references.CreateUntyped(id.Type, id.Key) : factory.GetGrain(id, GrainInterfaceType.Create(interfaceName));
            return wanted.IsInstanceOfType(reference) ? reference : references.Create(id, wanted);
        }
        catch (ArgumentException e)
        {
            throw TextForm.Wrong(reader, $"a reference to {id} through an interface that this process knows, as {wanted},", e);
        }
    }
}
