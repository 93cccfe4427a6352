using System.Text;
using Orleans.Serialization;

namespace Orleans.Storage;

/// <summary>
/// Stores states as JSON with the types and the identities of objects, as the official engine does: what either stores the other reads. The default.
/// </summary>
/// <param name="orleansJsonSerializer">Makes the JSON.</param>
public class JsonGrainStorageSerializer(OrleansJsonSerializer orleansJsonSerializer) : IGrainStorageStreamingSerializer, IGrainStorageSerializer
{
    /// <inheritdoc/>
    public BinaryData Serialize<T>(T? value) => BinaryData.FromBytes(BytesOf(value));

    /// <inheritdoc/>
    /// <exception cref="Newtonsoft.Json.JsonException">The bytes are not a state of this type, or name a type that may not be created.</exception>
    public T? Deserialize<T>(BinaryData input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return (T?)orleansJsonSerializer.Deserialize(typeof(T), Encoding.UTF8.GetString(input.ToMemory().Span));
    }

    /// <inheritdoc/>
    public ValueTask SerializeAsync<T>(T? value, Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);

        // The JSON is made at once and written without blocking: the writer of JSON knows only writes that block.
        return destination.WriteAsync(BytesOf(value), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="Newtonsoft.Json.JsonException">The bytes are not a state of this type, or name a type that may not be created.</exception>
    public async ValueTask<T?> DeserializeAsync<T>(Stream input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var text = new StreamReader(input, Encoding.UTF8, leaveOpen: true);
        return (T?)orleansJsonSerializer.Deserialize(typeof(T), await text.ReadToEndAsync(cancellationToken));
    }

    private byte[] BytesOf<T>(T? value) => Encoding.UTF8.GetBytes(orleansJsonSerializer.Serialize(value, typeof(T)));
}
