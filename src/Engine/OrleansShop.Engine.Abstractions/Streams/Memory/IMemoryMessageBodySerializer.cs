namespace Orleans.Providers;

/// <summary>Turns what was published into bytes and back, for streams in memory. Used in publishers and in subscribers.</summary>
public interface IMemoryMessageBodySerializer
{
    /// <summary>Writes what was published at once.</summary>
    ArraySegment<byte> Serialize(MemoryMessageBody body);

    /// <summary>Reads what was published at once.</summary>
    MemoryMessageBody Deserialize(ArraySegment<byte> bodyBytes);
}
