using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Options;
using Newtonsoft.Json;
using OrleansShop.Engine.Storage.Serializers.Json;

namespace Orleans.Serialization;

/// <summary>JSON with the types and the identities of objects, and with grain ids, references and addresses in it. Thread-safe.</summary>
/// <param name="options">How.</param>
public class OrleansJsonSerializer(IOptions<OrleansJsonSerializerOptions> options)
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly JsonSerializerSettings _settings = options.Value.JsonSerializerSettings;
    private readonly ConcurrentDictionary<Type, KnownTypesBinder> _binders = new();

    /// <summary>Returns the object in a text; null for an empty one.</summary>
    /// <exception cref="JsonException">It is not JSON of that type, or names a type that may not be created.</exception>
    public object? Deserialize(Type expectedType, string input)
    {
        ArgumentNullException.ThrowIfNull(expectedType);
        if (string.IsNullOrWhiteSpace(input)) return null;
        using var reader = new StringReader(input);
        return Deserialize(expectedType, reader);
    }

    /// <summary>Returns the object in the text of a stream, which stays open; null for an empty one.</summary>
    /// <exception cref="JsonException">It is not JSON of that type, or names a type that may not be created.</exception>
    public object? Deserialize(Type expectedType, Stream input)
    {
        ArgumentNullException.ThrowIfNull(expectedType);
        using var reader = new StreamReader(input, s_utf8, leaveOpen: true);
        return Deserialize(expectedType, reader);
    }

    /// <summary>Returns the text of an object.</summary>
    public string Serialize(object? item, Type expectedType)
    {
        using var writer = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
        Serialize(item, expectedType, writer);
        return writer.ToString();
    }

    /// <summary>Writes the text of an object to a stream, which stays open.</summary>
    public void Serialize(object? item, Type expectedType, Stream destination)
    {
        using var writer = new StreamWriter(destination, s_utf8, leaveOpen: true);
        Serialize(item, expectedType, writer);
    }

    private object? Deserialize(Type expectedType, TextReader input)
    {
        using var reader = new JsonTextReader(input);
        return SerializerFor(expectedType).Deserialize(reader, expectedType);
    }

    private void Serialize(object? item, Type expectedType, TextWriter output)
    {
        using var writer = new JsonTextWriter(output) { CloseOutput = false };
        SerializerFor(expectedType).Serialize(writer, item, expectedType);
    }

    // Made for each use, as it remembers the identities of objects; what is expensive, the contracts of types, is shared by all.
    private JsonSerializer SerializerFor(Type expectedType)
    {
        var serializer = JsonSerializer.Create(_settings);
        if (_settings.SerializationBinder is KnownTypesBinder binder) serializer.SerializationBinder = _binders.GetOrAdd(expectedType, binder.For);
        return serializer;
    }
}
