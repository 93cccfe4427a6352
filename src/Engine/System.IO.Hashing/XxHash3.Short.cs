using System.Buffers.Binary;
using System.Numerics;

namespace System.IO.Hashing;

public sealed partial class XxHash3
{
    private const int LongestShort = 240;
    private const ulong PrimeMix1 = 0x165667919E3779F9;
    private const ulong PrimeMix2 = 0x9FB21C651E98DF25;

    /// <summary>Hashes up to 240 bytes. Each range of lengths has its own way, chosen by the specification for its speed.</summary>
    private static ulong HashShort(ReadOnlySpan<byte> input, ulong seed) => input.Length switch
    {
        0 => XxHash64.Avalanche(seed ^ Secret64(56) ^ Secret64(64)),
        <= 3 => Hash1To3(input, seed),
        <= 8 => Hash4To8(input, seed),
        <= 16 => Hash9To16(input, seed),
        <= 128 => Hash17To128(input, seed),
        _ => Hash129To240(input, seed),
    };

    private static ulong Hash1To3(ReadOnlySpan<byte> input, ulong seed)
    {
        var combined = input[^1] | ((uint)input.Length << 8) | ((uint)input[0] << 16) | ((uint)input[input.Length >> 1] << 24);
        return XxHash64.Avalanche(((Secret32(0) ^ Secret32(4)) + seed) ^ combined);
    }

    private static ulong Hash4To8(ReadOnlySpan<byte> input, ulong seed)
    {
        seed ^= (ulong)BinaryPrimitives.ReverseEndianness((uint)seed) << 32;
        var first = BinaryPrimitives.ReadUInt32LittleEndian(input);
        var last = BinaryPrimitives.ReadUInt32LittleEndian(input[^4..]);
        var value = ((Secret64(8) ^ Secret64(16)) - seed) ^ (last | ((ulong)first << 32));
        value ^= BitOperations.RotateLeft(value, 49) ^ BitOperations.RotateLeft(value, 24);
        value *= PrimeMix2;
        value ^= (value >> 35) + (uint)input.Length;
        value *= PrimeMix2;
        return value ^ (value >> 28);
    }

    private static ulong Hash9To16(ReadOnlySpan<byte> input, ulong seed)
    {
        var low = ((Secret64(24) ^ Secret64(32)) + seed) ^ BinaryPrimitives.ReadUInt64LittleEndian(input);
        var high = ((Secret64(40) ^ Secret64(48)) - seed) ^ BinaryPrimitives.ReadUInt64LittleEndian(input[^8..]);
        return Avalanche((uint)input.Length + BinaryPrimitives.ReverseEndianness(low) + high + MultiplyAndFold(low, high));
    }

    private static ulong Hash17To128(ReadOnlySpan<byte> input, ulong seed)
    {
        var hash = (uint)input.Length * XxHash64.Prime1;
        for (var pair = (input.Length - 1) >> 5; pair >= 0; pair--)
        {
            hash += Mix(input[(pair * 16)..], pair * 32, seed);
            hash += Mix(input[(input.Length - pair * 16 - 16)..], pair * 32 + 16, seed);
        }

        return Avalanche(hash);
    }

    private static ulong Hash129To240(ReadOnlySpan<byte> input, ulong seed)
    {
        var hash = (uint)input.Length * XxHash64.Prime1;
        for (var chunk = 0; chunk < 8; chunk++)
            hash += Mix(input[(chunk * 16)..], chunk * 16, seed);
        hash = Avalanche(hash);
        for (var chunk = 8; chunk < input.Length >> 4; chunk++)
            hash += Mix(input[(chunk * 16)..], (chunk - 8) * 16 + 3, seed);
        return Avalanche(hash + Mix(input[^16..], 119, seed));
    }

    /// <summary>Mixes 16 bytes of input with 16 bytes of the secret.</summary>
    private static ulong Mix(ReadOnlySpan<byte> input, int secretOffset, ulong seed) => MultiplyAndFold(
        BinaryPrimitives.ReadUInt64LittleEndian(input) ^ (Secret64(secretOffset) + seed),
        BinaryPrimitives.ReadUInt64LittleEndian(input[8..]) ^ (Secret64(secretOffset + 8) - seed));

    private static uint Secret32(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(DefaultSecret[offset..]);

    private static ulong Secret64(int offset) => BinaryPrimitives.ReadUInt64LittleEndian(DefaultSecret[offset..]);
}
