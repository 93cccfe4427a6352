using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace OrleansShop.Engine.Serialization;

/// <content>
/// A null where a number or another value is expected reads as its default, so that a member can change from nullable to not.
/// An integer reads as one of any width of the same signedness, if its value fits.
/// </content>
public sealed partial class PayloadReader
{
    private const int LongestWidened = 256;

    /// <summary>Reads a field's value.</summary>
    /// <exception cref="PayloadException">It is not of this type.</exception>
    public bool ReadBoolean(FieldTag tag) => ReadUnsigned(tag, 1) != 0;

    /// <summary>Reads a field's value.</summary>
    /// <exception cref="PayloadException">It is not of this type.</exception>
    public byte ReadByte(FieldTag tag) => (byte)ReadUnsigned(tag, byte.MaxValue);

    /// <summary>Reads a field's value.</summary>
    /// <exception cref="PayloadException">It is not of this type.</exception>
    public sbyte ReadSByte(FieldTag tag) => (sbyte)ReadSigned(tag, sbyte.MaxValue);

    /// <summary>Reads a field's value.</summary>
    /// <exception cref="PayloadException">It is not of this type.</exception>
    public short ReadInt16(FieldTag tag) => (short)ReadSigned(tag, short.MaxValue);

    /// <summary>Reads a field's value.</summary>
    /// <exception cref="PayloadException">It is not of this type.</exception>
    public ushort ReadUInt16(FieldTag tag) => (ushort)ReadUnsigned(tag, ushort.MaxValue);

    /// <summary>Reads a field's value.</summary>
    /// <exception cref="PayloadException">It is not of this type.</exception>
    public int ReadInt32(FieldTag tag) => (int)ReadSigned(tag, int.MaxValue);

    /// <summary>Reads a field's value.</summary>
    /// <exception cref="PayloadException">It is not of this type.</exception>
    public uint ReadUInt32(FieldTag tag) => (uint)ReadUnsigned(tag, uint.MaxValue);

    /// <summary>Reads a field's value.</summary>
    /// <exception cref="PayloadException">It is not of this type.</exception>
    public long ReadInt64(FieldTag tag) => ReadSigned(tag, long.MaxValue);

    /// <summary>Reads a field's value.</summary>
    /// <exception cref="PayloadException">It is not of this type.</exception>
    public ulong ReadUInt64(FieldTag tag) => ReadUnsigned(tag, ulong.MaxValue);

    /// <summary>Reads a field's value.</summary>
    /// <exception cref="PayloadException">It is not of this type.</exception>
    public char ReadChar(FieldTag tag) => (char)ReadUnsigned(tag, char.MaxValue);

    /// <summary>Reads a field's value. A number that no member of the enum has is kept.</summary>
    /// <exception cref="PayloadException">It is not of this type.</exception>
    public TEnum ReadEnum<TEnum>(FieldTag tag)
        where TEnum : unmanaged, Enum
    {
        var wire = ReadUnsigned(tag, ulong.MaxValue);
        return EnumNumber<TEnum>.TryFromWire(wire, out var value) ? value : throw Fault($"{wire} is not a value of {typeof(TEnum)}");
    }

    /// <summary>Reads a field's value.</summary>
    /// <exception cref="PayloadException">It is not of this type.</exception>
    public float ReadSingle(FieldTag tag) => Expect(tag, WireType.Fixed32) ? ReadRawSingle() : default;

    /// <summary>Reads a field's value. A single-precision value is widened.</summary>
    /// <exception cref="PayloadException">It is not of this type.</exception>
    public double ReadDouble(FieldTag tag)
    {
        if (tag.Is(WireType.Fixed32)) return ReadRawSingle();
        return Expect(tag, WireType.Fixed64) ? BitConverter.UInt64BitsToDouble(ReadRawFixed64()) : default;
    }

    /// <summary>Reads a field's value.</summary>
    /// <exception cref="PayloadException">It is not of this type.</exception>
    public DateTime ReadDateTime(FieldTag tag) => Expect(tag, WireType.Fixed64) ? ToDateTime(ReadRawFixed64()) : default;

    /// <summary>Reads a field's value.</summary>
    /// <exception cref="PayloadException">It is not of this type.</exception>
    public TimeSpan ReadTimeSpan(FieldTag tag) => new(ReadInt64(tag));

    /// <summary>Reads a field's value.</summary>
    /// <exception cref="PayloadException">It is not of this type.</exception>
    public DateOnly ReadDateOnly(FieldTag tag) => DateOnly.FromDayNumber((int)ReadUnsigned(tag, (ulong)DateOnly.MaxValue.DayNumber));

    /// <summary>Reads a field's value.</summary>
    /// <exception cref="PayloadException">It is not of this type.</exception>
    public TimeOnly ReadTimeOnly(FieldTag tag) => new((long)ReadUnsigned(tag, (ulong)TimeOnly.MaxValue.Ticks));

    /// <summary>Reads a field's value.</summary>
    /// <exception cref="PayloadException">It is not of this type.</exception>
    public DateTimeOffset ReadDateTimeOffset(FieldTag tag)
    {
        if (!Expect(tag, WireType.Bytes)) return default;
        var bytes = ReadCountedBytes(sizeof(long) + sizeof(short));
        var utcTicks = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var offset = TimeSpan.FromMinutes(BinaryPrimitives.ReadInt16LittleEndian(bytes[sizeof(long)..]));

        // Each bound by itself, so that no sum can overflow; the constructor's own checks would throw what a caller does not expect.
        if ((ulong)utcTicks > (ulong)DateTime.MaxValue.Ticks || Math.Abs(offset.Ticks) > 14 * TimeSpan.TicksPerHour ||
            (ulong)(utcTicks + offset.Ticks) > (ulong)DateTime.MaxValue.Ticks)
        {
            throw Fault($"{utcTicks} ticks at an offset of {offset.TotalMinutes} minutes are not a date and time");
        }

        return new DateTimeOffset(utcTicks + offset.Ticks, offset);
    }

    /// <summary>Reads a field's value.</summary>
    /// <exception cref="PayloadException">It is not of this type.</exception>
    public Guid ReadGuid(FieldTag tag)
    {
        if (!Expect(tag, WireType.Bytes)) return default;
        return new Guid(ReadCountedBytes(16));
    }

    /// <summary>Reads a field's value.</summary>
    /// <exception cref="PayloadException">It is not of this type.</exception>
    public decimal ReadDecimal(FieldTag tag)
    {
        if (!Expect(tag, WireType.Bytes)) return default;
        var bytes = ReadCountedBytes(16);
        var flags = BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]);
        var scale = flags >> 16 & 0xFF;
        if ((flags & 0x7F00FFFF) != 0 || scale > 28) throw Fault("the bytes are not a decimal number");
        return new decimal(
            BinaryPrimitives.ReadInt32LittleEndian(bytes),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]),
            isNegative: flags < 0,
            (byte)scale);
    }

    /// <summary>Reads a field's value; null if it is one. Bytes that are not UTF-8 read as the replacement character.</summary>
    /// <exception cref="PayloadException">It is not of this type.</exception>
    public string? ReadString(FieldTag tag)
    {
        if (!tag.Is(WireType.Bytes) && !ExpectReference(tag, WireType.Bytes)) return null;
        var bytes = ReadCountedBytes();
        if (bytes.IsEmpty) return "";

        // Nearly all texts are ASCII and short, and widening is much faster than decoding.
        return (bytes.Length <= LongestWidened ? AsciiText.TryWiden(bytes) : null) ?? Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Reads a field of bytes. The span is valid until the reader is disposed. Null reads as no bytes.</summary>
    /// <exception cref="PayloadException">It is not of this type.</exception>
    public ReadOnlySpan<byte> ReadBytes(FieldTag tag) => Expect(tag, WireType.Bytes) ? ReadCountedBytes() : default;

    /// <summary>Reads a single-precision number as it is, outside any field.</summary>
    internal float ReadRawSingle() => BinaryPrimitives.ReadSingleLittleEndian(ReadRaw(sizeof(float)));

    /// <summary>Reads eight bytes as they are, outside any field.</summary>
    internal ulong ReadRawFixed64()
    {
        var position = _position;
        if (_end - position < sizeof(ulong)) ThrowTruncated();
        _position = position + sizeof(ulong);
        var value = Unsafe.ReadUnaligned<ulong>(ref At(position));
        return BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>Interprets what <see cref="DateTime.ToBinary"/> returned elsewhere.</summary>
    internal DateTime ToDateTime(ulong binary)
    {
        var kind = (DateTimeKind)(binary >> 62);
        var ticks = binary & (1UL << 62) - 1;

        // Local times are stored as UTC, and those near the ends of the range wrap around in a way only FromBinary knows.
        if (kind is DateTimeKind.Unspecified or DateTimeKind.Utc)
        {
            return ticks <= (ulong)DateTime.MaxValue.Ticks ? new DateTime((long)ticks, kind) : throw Fault($"{ticks} ticks are not a date and time");
        }

        try
        {
            return DateTime.FromBinary((long)binary);
        }
        catch (ArgumentException fault)
        {
            throw new PayloadException(Position, fault.Message, fault);
        }
    }

    /// <summary>
    /// Reads the number of elements that follow. Each takes at least one byte of its own, so that all counts of a payload together are
    /// no more than its bytes: what is allocated by them is bounded by the payload, however the elements nest.
    /// </summary>
    /// <exception cref="PayloadException">There are more.</exception>
    public int ReadCount(FieldTag tag)
    {
        var count = ReadUnsigned(tag, ulong.MaxValue);
        if (count > (ulong)Remaining) throw Fault($"{count} elements are announced and {Remaining} bytes are left");
        _announced += (int)count;
        if (_announced > _end - _start) throw Fault($"{_announced} elements are announced in a payload of {_end - _start} bytes");
        return (int)count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong ReadUnsigned(FieldTag tag, ulong largest)
    {
        if (!Expect(tag, WireType.VarInt)) return 0;
        var value = ReadRawVarInt();
        if (value > largest) ThrowTooLarge(value, largest);
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long ReadSigned(FieldTag tag, long largest)
    {
        if (!Expect(tag, WireType.VarInt)) return 0;
        var value = VarInt.UnZigZag(ReadRawVarInt());
        if (value > largest || value < ~largest) ThrowTooLarge(value, largest);
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> ReadCountedBytes()
    {
        var position = _position;
        ulong count = position < _end ? At(position) : 0x80U;
        if (count < 0x80)
        {
            position++;
        }
        else
        {
            count = ReadLongVarInt();
            position = _position;
        }

        if (count > (ulong)(_end - position)) ThrowTooLong(position, count);
        _position = position + (int)count;
        return MemoryMarshal.CreateReadOnlySpan(ref At(position), (int)count);
    }

    private ReadOnlySpan<byte> ReadCountedBytes(int expected)
    {
        var bytes = ReadCountedBytes();
        if (bytes.Length != expected) ThrowWrongLength(bytes.Length, expected);
        return bytes;
    }

    /// <summary>Whether the field has the layout; false if it is null instead.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Expect(FieldTag tag, WireType expected) => tag.Is(expected) || ExpectReference(tag, expected);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool ExpectReference(FieldTag tag, WireType expected)
    {
        if (tag.WireType == expected) return true;
        if (tag.WireType == WireType.Reference && ReadRawVarInt() == 0) return false;
        throw Fault($"a {expected} field was expected and a {tag.WireType} field was found");
    }

    [DoesNotReturn]
    private void ThrowTooLong(int position, ulong count)
    {
        _position = position;
        throw Fault($"{count} bytes are announced and {Remaining} are left");
    }

    [DoesNotReturn]
    private void ThrowWrongLength(int found, int expected) => throw Fault($"a value of {expected} bytes was expected and one of {found} was found");

    [DoesNotReturn]
    private void ThrowTooLarge(object value, object largest) => throw Fault($"{value} does not fit a type whose largest value is {largest}");
}
