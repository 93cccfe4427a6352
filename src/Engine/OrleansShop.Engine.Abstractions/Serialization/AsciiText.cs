using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OrleansShop.Engine.Serialization;

/// <summary>Short texts of ASCII, which nearly all texts are: eight characters at a time, the last eight perhaps for a second time.</summary>
/// <remarks>Hot path: the framework's encoders are made for longer texts and take twice the time to begin with. No allocation but the text.</remarks>
internal static class AsciiText
{
    private const int Block = 8;
    private const ulong NotAscii = 0x8080808080808080;

    /// <summary>Writes a byte for each character where there is room for them. Returns false if one is not ASCII; then anything was written there.</summary>
    public static bool TryNarrow(ReadOnlySpan<char> text, ref byte to)
    {
        ref var from = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        if (text.Length < Block)
        {
            uint seen = 0;
            for (var i = 0; i < text.Length; i++)
            {
                uint unit = Unsafe.Add(ref from, i);
                seen |= unit;
                Unsafe.Add(ref to, i) = (byte)unit;
            }

            return seen < 0x80;
        }

        var all = Vector128<ushort>.Zero;
        var last = text.Length - Block;
        for (var i = 0; i < last; i += Block) all |= NarrowBlock(ref from, ref to, i);
        all |= NarrowBlock(ref from, ref to, last);
        return (all & Vector128.Create((ushort)0xFF80)) == Vector128<ushort>.Zero;
    }

    /// <summary>Returns the text, or null if a byte is not ASCII.</summary>
    /// <param name="bytes">At least one byte.</param>
    public static string? TryWiden(ReadOnlySpan<byte> bytes) => IsAscii(bytes) ? string.Create(bytes.Length, bytes, static (text, ascii) => Widen(ascii, text)) : null;

    private static bool IsAscii(ReadOnlySpan<byte> bytes)
    {
        ref var from = ref MemoryMarshal.GetReference(bytes);
        ulong all = 0;
        if (bytes.Length < Block)
        {
            for (var i = 0; i < bytes.Length; i++) all |= Unsafe.Add(ref from, i);
        }
        else
        {
            var last = bytes.Length - Block;
            for (var i = 0; i < last; i += Block) all |= Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref from, i));
            all |= Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref from, last));
        }

        return (all & NotAscii) == 0;
    }

    private static void Widen(ReadOnlySpan<byte> bytes, Span<char> text)
    {
        ref var from = ref MemoryMarshal.GetReference(bytes);
        ref var to = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        if (bytes.Length < Block)
        {
            for (var i = 0; i < bytes.Length; i++) Unsafe.Add(ref to, i) = Unsafe.Add(ref from, i);
            return;
        }

        var last = bytes.Length - Block;
        for (var i = 0; i < last; i += Block) WidenBlock(ref from, ref to, i);
        WidenBlock(ref from, ref to, last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> NarrowBlock(ref ushort from, ref byte to, int at)
    {
        var units = Vector128.LoadUnsafe(ref from, (nuint)at);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, at), Vector128.Narrow(units, units).AsUInt64().ToScalar());
        return units;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WidenBlock(ref byte from, ref ushort to, int at) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref from, at))).AsByte()).StoreUnsafe(ref to, (nuint)at);
}
