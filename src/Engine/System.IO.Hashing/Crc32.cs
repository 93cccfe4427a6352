using System.Buffers.Binary;

namespace System.IO.Hashing;

/// <summary>CRC-32 as in ITU-T V.42, Ethernet, gzip and PNG: polynomial 0x04C11DB7, bits reflected, all ones before and after.</summary>
/// <remarks>Hash bytes are little-endian, so that the checksum of data followed by its checksum is always the same.</remarks>
public sealed class Crc32 : NonCryptographicHashAlgorithm
{
    private const int HashBytes = 4;
    private const uint Initial = uint.MaxValue;
    private const uint ReflectedPolynomial = 0xEDB88320;

    private static readonly uint[] s_table = CreateTable();

    private uint _crc = Initial;

    /// <summary>Creates a checksum.</summary>
    public Crc32()
        : base(HashBytes)
    {
    }

    /// <inheritdoc/>
    public override void Append(ReadOnlySpan<byte> source) => _crc = Update(_crc, source);

    /// <inheritdoc/>
    public override void Reset() => _crc = Initial;

    /// <summary>Returns the checksum of the bytes added so far, which stay added.</summary>
    public uint GetCurrentHashAsUInt32() => ~_crc;

    /// <inheritdoc/>
    protected override void GetCurrentHashCore(Span<byte> destination) =>
        BinaryPrimitives.WriteUInt32LittleEndian(destination, GetCurrentHashAsUInt32());

    /// <summary>Returns the checksum of <paramref name="source"/>.</summary>
    /// <exception cref="ArgumentNullException">The array is null.</exception>
    public static byte[] Hash(byte[] source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Hash(source.AsSpan());
    }

    /// <summary>Returns the checksum of <paramref name="source"/>.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> source)
    {
        var hash = new byte[HashBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(hash, HashToUInt32(source));
        return hash;
    }

    /// <summary>Writes the checksum of <paramref name="source"/> and returns its length.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than 4 bytes.</exception>
    public static int Hash(ReadOnlySpan<byte> source, Span<byte> destination) =>
        TryHash(source, destination, out var bytesWritten) ? bytesWritten : ThrowTooShort();

    /// <summary>Writes the checksum of <paramref name="source"/>; false if the destination is shorter than 4 bytes.</summary>
    public static bool TryHash(ReadOnlySpan<byte> source, Span<byte> destination, out int bytesWritten)
    {
        bytesWritten = destination.Length < HashBytes ? 0 : HashBytes;
        return bytesWritten > 0 && BinaryPrimitives.TryWriteUInt32LittleEndian(destination, HashToUInt32(source));
    }

    /// <summary>Returns the checksum of <paramref name="source"/>. Allocates nothing.</summary>
    public static uint HashToUInt32(ReadOnlySpan<byte> source) => ~Update(Initial, source);

    private static uint Update(uint crc, ReadOnlySpan<byte> source)
    {
        foreach (var one in source)
            crc = s_table[(byte)crc ^ one] ^ (crc >> 8);
        return crc;
    }

    private static uint[] CreateTable()
    {
        var table = new uint[256];
        for (uint value = 0; value < table.Length; value++)
        {
            var crc = value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ ReflectedPolynomial;
            table[value] = crc;
        }

        return table;
    }
}
