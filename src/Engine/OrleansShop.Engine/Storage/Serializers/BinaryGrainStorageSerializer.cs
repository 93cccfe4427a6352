using Orleans.Serialization;
using Orleans.Storage;

namespace OrleansShop.Engine.Storage.Serializers;

/// <summary>Stores states in the engine's own binary format: small and fast, and as tolerant of added and removed members as calls are.</summary>
/// <param name="serializer">The serializer of the process.</param>
public sealed class BinaryGrainStorageSerializer(Serializer serializer) : IGrainStorageSerializer
{
    /// <inheritdoc/>
    public BinaryData Serialize<T>(T? input) => BinaryData.FromBytes(serializer.SerializeToArray(input));

    /// <inheritdoc/>
    public T? Deserialize<T>(BinaryData input) => serializer.Deserialize<T>(input.ToMemory());
}
