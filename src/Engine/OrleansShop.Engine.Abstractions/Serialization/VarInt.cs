using System.Runtime.CompilerServices;

namespace OrleansShop.Engine.Serialization;

/// <summary>Variable-length unsigned integers: seven bits a byte, the low ones first, the top bit set on all but the last byte.</summary>
/// <remarks>Hot path: no allocation, no bounds checks; the callers make room first.</remarks>
internal static class VarInt
{
    /// <summary>The length of the largest 64-bit value.</summary>
    public const int MostBytes = 10;

    /// <summary>Writes a value and returns its length. There must be room for <see cref="MostBytes"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(ref byte at, ulong value)
    {
        if (value < 0x80)
        {
            at = (byte)value;
            return 1;
        }

        if (value < 0x4000)
        {
            at = (byte)(value | 0x80);
            Unsafe.Add(ref at, 1) = (byte)(value >> 7);
            return 2;
        }

        return WriteLong(ref at, value);
    }

    /// <summary>Writes a value in exactly <paramref name="width"/> bytes, the upper ones empty if need be.</summary>
    public static void WritePadded(ref byte at, uint value, int width)
    {
        for (var i = 0; i < width - 1; i++)
        {
            Unsafe.Add(ref at, i) = (byte)(value | 0x80);
            value >>= 7;
        }

        Unsafe.Add(ref at, width - 1) = (byte)value;
    }

    /// <summary>How many bytes hold any value up to <paramref name="largest"/>.</summary>
    public static int Width(uint largest) => largest < 1 << 7 ? 1 : largest < 1 << 14 ? 2 : largest < 1 << 21 ? 3 : largest < 1 << 28 ? 4 : 5;

    /// <summary>Maps signed values of small magnitude to small unsigned ones.</summary>
    public static uint ZigZag(int value) => (uint)(value << 1 ^ value >> 31);

    /// <summary>Maps signed values of small magnitude to small unsigned ones.</summary>
    public static ulong ZigZag(long value) => (ulong)(value << 1 ^ value >> 63);

    /// <summary>The inverse of <see cref="ZigZag(long)"/>.</summary>
    public static long UnZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    private static int WriteLong(ref byte at, ulong value)
    {
        var length = 0;
        do
        {
            Unsafe.Add(ref at, length++) = (byte)(value | 0x80);
            value >>= 7;
        }
        while (value >= 0x80);

        Unsafe.Add(ref at, length++) = (byte)value;
        return length;
    }
}
