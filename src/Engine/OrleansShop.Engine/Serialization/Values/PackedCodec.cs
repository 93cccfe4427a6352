using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OrleansShop.Engine.Serialization.Values;

/// <summary>A codec of small values that collections write one behind the other, without tags, as one field of bytes.</summary>
/// <param name="mostBytes">The most bytes that one value takes.</param>
internal abstract class PackedCodec<T>(int mostBytes) : Codec<T>
{
    public sealed override bool IsImmutable => true;

    /// <summary>The most bytes that one value takes.</summary>
    public int MostBytes { get; } = mostBytes;

    public sealed override T Copy(T value, CopyContext context) => value;

    /// <summary>Writes values where there is room for <see cref="MostBytes"/> each, and returns the number of bytes.</summary>
    public abstract int Pack(ReadOnlySpan<T> values, Span<byte> to);

    /// <summary>Returns how many values the bytes hold, or -1 if they do not end with one.</summary>
    public abstract int Count(ReadOnlySpan<byte> packed);

    /// <summary>Reads as many values as <see cref="Count"/> said. Returns false if one is out of range.</summary>
    public abstract bool TryUnpack(ReadOnlySpan<byte> packed, Span<T> to);
}

/// <summary>How values of a type map to unsigned integers.</summary>
internal interface IWireInteger<T>
{
    static abstract ulong ToWire(T value);

    /// <summary>Returns false if the integer is not a value.</summary>
    static abstract bool TryFromWire(ulong wire, out T value);
}

/// <summary>Integers of variable length.</summary>
/// <remarks>Hot path: a loop without calls, because <typeparamref name="TWire"/> is a struct and its methods are inlined; no allocation.</remarks>
internal abstract class PackedIntegerCodec<T, TWire>()
    : PackedCodec<T>((8 * Unsafe.SizeOf<T>() + 6) / 7) // Seven bits a byte: 2, 3, 5 and 10 bytes.
    where TWire : struct, IWireInteger<T>
{
    public sealed override int Pack(ReadOnlySpan<T> values, Span<byte> to)
    {
        ref var at = ref MemoryMarshal.GetReference(to);
        var position = 0;
        foreach (var value in values) position += VarInt.Write(ref Unsafe.Add(ref at, position), TWire.ToWire(value));
        return position;
    }

    public sealed override int Count(ReadOnlySpan<byte> packed)
    {
        if (packed.IsEmpty) return 0;
        if (packed[^1] >= 0x80) return -1;
        var count = 0;
        foreach (var each in packed) count += each < 0x80 ? 1 : 0;
        return count;
    }

    public sealed override bool TryUnpack(ReadOnlySpan<byte> packed, Span<T> to)
    {
        var position = 0;
        for (var i = 0; i < to.Length; i++)
        {
            ulong wire = packed[position++];
            if (wire >= 0x80)
            {
                wire &= 0x7F;
                for (var shift = 7; ; shift += 7)
                {
                    if (shift > 63) return false;
                    ulong next = packed[position++];
                    if (shift == 63 && next > 1) return false;
                    wire |= (next & 0x7F) << shift;
                    if (next < 0x80) break;
                }
            }

            if (!TWire.TryFromWire(wire, out to[i])) return false;
        }

        return true;
    }
}

/// <summary>Values that take the same number of bytes each, the same as in memory on a little-endian machine.</summary>
internal abstract class PackedFixedCodec<T>() : PackedCodec<T>(Unsafe.SizeOf<T>())
    where T : unmanaged
{
    public sealed override int Pack(ReadOnlySpan<T> values, Span<byte> to)
    {
        var bytes = MemoryMarshal.AsBytes(values);
        bytes.CopyTo(to);
        ToLittleEndian(to[..bytes.Length]);
        return bytes.Length;
    }

    public sealed override int Count(ReadOnlySpan<byte> packed) => packed.Length % MostBytes == 0 ? packed.Length / MostBytes : -1;

    public sealed override bool TryUnpack(ReadOnlySpan<byte> packed, Span<T> to)
    {
        var bytes = MemoryMarshal.AsBytes(to);
        packed.CopyTo(bytes);
        ToLittleEndian(bytes);
        return AreValid(to);
    }

    /// <summary>Whether any bits are a value.</summary>
    protected virtual bool AreValid(Span<T> values) => true;

    /// <summary>Whether a value is one number, whose bytes a big-endian machine has in the other order.</summary>
    protected virtual bool IsNumber => true;

    private void ToLittleEndian(Span<byte> bytes)
    {
        if (BitConverter.IsLittleEndian || !IsNumber) return;
        for (var i = 0; i < bytes.Length; i += MostBytes) bytes.Slice(i, MostBytes).Reverse();
    }
}
