using Orleans.Serialization;

namespace Orleans.Storage;

/// <summary>Stores states in the format of calls: small and fast, and as tolerant of added and removed members as calls are.</summary>
/// <param name="serializer">The serializer of the process.</param>
public class OrleansGrainStorageSerializer(Serializer serializer) : IGrainStorageSerializer
{
    /// <inheritdoc/>
    public BinaryData Serialize<T>(T? input) => BinaryData.FromBytes(serializer.SerializeToArray(input));

    /// <inheritdoc/>
    public T? Deserialize<T>(BinaryData input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return serializer.Deserialize<T>(input.ToMemory());
    }
}
