using Orleans.Serialization;

namespace Orleans.Providers;

/// <summary>Writes bodies with the serializer of the process.</summary>
/// <param name="serializer">The serializer.</param>
public sealed class DefaultMemoryMessageBodySerializer(Serializer<MemoryMessageBody> serializer) : IMemoryMessageBodySerializer
{
    /// <inheritdoc/>
    public ArraySegment<byte> Serialize(MemoryMessageBody body) => new(serializer.SerializeToArray(body));

    /// <inheritdoc/>
    public MemoryMessageBody Deserialize(ArraySegment<byte> bodyBytes) => serializer.Deserialize(bodyBytes.AsMemory())
        ?? throw new InvalidDataException("The bytes of a message of a stream in memory hold no body.");
}
