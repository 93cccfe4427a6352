namespace Orleans.Storage;

/// <summary>Turns states into bytes of a stream, for storage providers that have one.</summary>
public interface IGrainStorageStreamingSerializer
{
    /// <summary>Writes the bytes of a state to <paramref name="destination"/>, which stays open.</summary>
    ValueTask SerializeAsync<T>(T? value, Stream destination, CancellationToken cancellationToken = default);

    /// <summary>Returns the state in the bytes of <paramref name="input"/>, which stays open.</summary>
    ValueTask<T?> DeserializeAsync<T>(Stream input, CancellationToken cancellationToken = default);
}
