using System.Text.Json;
using Microsoft.Extensions.Options;
using Orleans.Serialization;

namespace Orleans.Storage;

/// <summary>Stores states as JSON: readable in the store, and without the identity of objects, derived types or ids of members.</summary>
/// <param name="options">How.</param>
public class SystemTextJsonGrainStorageSerializer(IOptions<SystemTextJsonGrainStorageSerializerOptions> options) : IGrainStorageStreamingSerializer, IGrainStorageSerializer
{
    private readonly JsonSerializerOptions _options = options.Value.JsonSerializerOptions;

    /// <inheritdoc/>
    public BinaryData Serialize<T>(T? input) => BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(input, _options));

    /// <inheritdoc/>
    public async ValueTask SerializeAsync<T>(T? input, Stream destination, CancellationToken cancellationToken = default) =>
        await JsonSerializer.SerializeAsync(destination, input, _options, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="JsonException">The bytes are not a state of this type.</exception>
    public T? Deserialize<T>(BinaryData input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return JsonSerializer.Deserialize<T>(input.ToMemory().Span, _options);
    }

    /// <inheritdoc/>
    /// <exception cref="JsonException">The bytes are not a state of this type.</exception>
    public ValueTask<T?> DeserializeAsync<T>(Stream input, CancellationToken cancellationToken = default) => JsonSerializer.DeserializeAsync<T>(input, _options, cancellationToken);
}
