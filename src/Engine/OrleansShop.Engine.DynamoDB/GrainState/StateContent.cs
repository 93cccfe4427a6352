using System.Buffers;
using System.IO.Compression;
using OrleansShop.Storage.DynamoDB.Tables;

namespace OrleansShop.Engine.DynamoDB.GrainState;

/// <summary>
/// The bytes of a state as they are stored: as the serializer made them if they fit into an item, and else compressed. The official engine reads the
/// first; the second it cannot read, and fails on.
/// </summary>
/// <param name="Bytes">What is stored.</param>
/// <param name="IsCompressed">Whether with Brotli.</param>
internal readonly record struct StateContent(ReadOnlyMemory<byte> Bytes, bool IsCompressed)
{
    /// <summary>The one way of compressing that there is.</summary>
    public const string Brotli = "br";

    /// <summary>A state that has more bytes than this is not even compressed, and what expands to more is not read: 64 MiB.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    // For what is in the item besides the state and its key, names included: ETag, token, fence, time to live and encoding take less than 200 bytes. The rest is spare, and
    // nobody's: attributes that others add do not last, because most writes replace the item.
    private const int ReservedBytes = 1024;

    /// <exception cref="ArgumentOutOfRangeException">It does not fit into an item, compressed or not.</exception>
    public static StateContent Of(BinaryData serialized, GrainStateKey key)
    {
        var plain = serialized.ToMemory();
        var room = DynamoDBTable.MaxItemBytes - ReservedBytes - key.Bytes;
        if (plain.Length <= room) return new StateContent(plain, IsCompressed: false);
        if (plain.Length > MaxBytes) throw TooLarge(key, plain, $"more than the {MaxBytes} bytes that are compressed at all");

        var compressed = Compress(plain);
        return compressed.Length <= room
            ? new StateContent(compressed, IsCompressed: true)
            : throw TooLarge(key, plain, $"and {compressed.Length} after compression; an item of DynamoDB has room for {room}");
    }

    /// <exception cref="InvalidDataException">It is not compressed, or is larger than a state may be.</exception>
    public static BinaryData Expand(byte[] compressed, GrainStateKey key)
    {
        using var brotli = new BrotliStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var expanded = new MemoryStream(compressed.Length * 4);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            for (int read; (read = brotli.Read(buffer)) > 0;)
            {
                if (expanded.Length + read > MaxBytes) throw new InvalidDataException($"What is stored as {key} expands to more than {MaxBytes} bytes; no state of that size is ever written.");
                expanded.Write(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return BinaryData.FromBytes(expanded.GetBuffer().AsMemory(0, (int)expanded.Length));
    }

    private static byte[] Compress(ReadOnlyMemory<byte> plain)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.Optimal, leaveOpen: true)) brotli.Write(plain.Span);
        return compressed.ToArray();
    }

    private static ArgumentOutOfRangeException TooLarge(GrainStateKey key, ReadOnlyMemory<byte> serialized, string why) => new(
        nameof(serialized), serialized.Length, $"The state \"{key.StateName}\" of {key.Grain} has {serialized.Length} bytes, {why}. It was not stored. Split it, or keep large parts elsewhere.");
}
