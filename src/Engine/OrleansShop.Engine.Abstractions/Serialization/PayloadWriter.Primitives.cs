using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace OrleansShop.Engine.Serialization;

public sealed partial class PayloadWriter
{
    // A string of up to this many UTF-16 units has at most 127 bytes, so that its length is one byte before it is known.
    private const int ShortString = 42;

    // Above this length the exact byte count is computed first, instead of making room for three bytes a unit.
    private const int LongString = 4096;

    /// <summary>Writes a field.</summary>
    public void WriteBoolean(uint idDelta, bool value) => WriteVarIntField(idDelta, value ? 1UL : 0UL);

    /// <summary>Writes a field.</summary>
    public void WriteByte(uint idDelta, byte value) => WriteVarIntField(idDelta, value);

    /// <summary>Writes a field.</summary>
    public void WriteSByte(uint idDelta, sbyte value) => WriteVarIntField(idDelta, VarInt.ZigZag((int)value));

    /// <summary>Writes a field.</summary>
    public void WriteInt16(uint idDelta, short value) => WriteVarIntField(idDelta, VarInt.ZigZag((int)value));

    /// <summary>Writes a field.</summary>
    public void WriteUInt16(uint idDelta, ushort value) => WriteVarIntField(idDelta, value);

    /// <summary>Writes a field.</summary>
    public void WriteInt32(uint idDelta, int value) => WriteVarIntField(idDelta, VarInt.ZigZag(value));

    /// <summary>Writes a field.</summary>
    public void WriteUInt32(uint idDelta, uint value) => WriteVarIntField(idDelta, value);

    /// <summary>Writes a field.</summary>
    public void WriteInt64(uint idDelta, long value) => WriteVarIntField(idDelta, VarInt.ZigZag(value));

    /// <summary>Writes a field.</summary>
    public void WriteUInt64(uint idDelta, ulong value) => WriteVarIntField(idDelta, value);

    /// <summary>Writes a field.</summary>
    public void WriteChar(uint idDelta, char value) => WriteVarIntField(idDelta, value);

    /// <summary>Writes a field, in the same way as one of the enum's underlying integer type.</summary>
    public void WriteEnum<TEnum>(uint idDelta, TEnum value)
        where TEnum : unmanaged, Enum
        => WriteVarIntField(idDelta, EnumNumber<TEnum>.ToWire(value));

    /// <summary>Writes a field.</summary>
    public void WriteSingle(uint idDelta, float value)
    {
        Ensure(MostTagBytes + sizeof(float));
        var position = PutTag(_position, WireType.Fixed32, idDelta);
        Put(position, BitConverter.SingleToUInt32Bits(value));
        _position = position + sizeof(float);
    }

    /// <summary>Writes a field.</summary>
    public void WriteDouble(uint idDelta, double value) => WriteFixed64Field(idDelta, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>Writes a field. The kind is kept; a local time is sent as the instant that it is.</summary>
    public void WriteDateTime(uint idDelta, DateTime value)
    {
        // What ToBinary returns, which is more than that for local times only.
        var binary = value.Kind == DateTimeKind.Local ? (ulong)value.ToBinary() : (ulong)value.Ticks | (ulong)value.Kind << 62;
        WriteFixed64Field(idDelta, binary);
    }

    /// <summary>Writes a field.</summary>
    public void WriteTimeSpan(uint idDelta, TimeSpan value) => WriteInt64(idDelta, value.Ticks);

    /// <summary>Writes a field.</summary>
    public void WriteDateOnly(uint idDelta, DateOnly value) => WriteVarIntField(idDelta, (ulong)value.DayNumber);

    /// <summary>Writes a field.</summary>
    public void WriteTimeOnly(uint idDelta, TimeOnly value) => WriteVarIntField(idDelta, (ulong)value.Ticks);

    /// <summary>Writes a field. The offset is kept.</summary>
    public void WriteDateTimeOffset(uint idDelta, DateTimeOffset value)
    {
        const int Bytes = sizeof(long) + sizeof(short);
        Ensure(MostTagBytes + 1 + Bytes);
        var position = PutTag(_position, WireType.Bytes, idDelta);
        At(position) = Bytes;
        Put(position + 1, (ulong)value.UtcTicks);
        Put(position + 1 + sizeof(long), (ushort)(short)value.TotalOffsetMinutes);
        _position = position + 1 + Bytes;
    }

    /// <summary>Writes a field.</summary>
    public void WriteGuid(uint idDelta, Guid value)
    {
        const int Bytes = 16;
        Ensure(MostTagBytes + 1 + Bytes);
        var position = PutTag(_position, WireType.Bytes, idDelta);
        At(position) = Bytes;
        if (BitConverter.IsLittleEndian) Unsafe.WriteUnaligned(ref At(position + 1), value);
        else value.TryWriteBytes(_buffer.AsSpan(position + 1, Bytes));
        _position = position + 1 + Bytes;
    }

    /// <summary>Writes a field. The scale is kept.</summary>
    public void WriteDecimal(uint idDelta, decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        Ensure(MostTagBytes + 1 + 16);
        var position = PutTag(_position, WireType.Bytes, idDelta);
        At(position++) = 16;
        foreach (var part in parts)
        {
            Put(position, (uint)part);
            position += sizeof(uint);
        }

        _position = position;
    }

    /// <summary>Writes a field; null is written as the null reference. UTF-16 that is not valid is replaced, as UTF-8 cannot carry it.</summary>
    public void WriteString(uint idDelta, string? value)
    {
        if (value is null) WriteNull(idDelta);
        else WriteText(idDelta, value);
    }

    /// <summary>Writes a string field.</summary>
    public void WriteText(uint idDelta, ReadOnlySpan<char> value)
    {
        if (value.Length > LongString)
        {
            WriteLongText(idDelta, value);
            return;
        }

        var most = value.Length * 3;
        Ensure(MostTagBytes + VarInt.MostBytes + most);
        var position = PutTag(_position, WireType.Bytes, idDelta);
        if (value.Length <= ShortString)
        {
            var bytes = AsciiText.TryNarrow(value, ref At(position + 1)) ? value.Length : Encoding.UTF8.GetBytes(value, _buffer.AsSpan(position + 1));
            At(position) = (byte)bytes;
            _position = position + 1 + bytes;
        }
        else
        {
            var width = VarInt.Width((uint)most);
            var bytes = Encoding.UTF8.GetBytes(value, _buffer.AsSpan(position + width));
            VarInt.WritePadded(ref At(position), (uint)bytes, width);
            _position = position + width + bytes;
        }
    }

    /// <summary>Writes a field of bytes: their count, then the bytes.</summary>
    public void WriteBytes(uint idDelta, ReadOnlySpan<byte> value)
    {
        value.CopyTo(ReserveBytes(idDelta, value.Length));
    }

    /// <summary>Writes the tag and the length of a <see cref="WireType.Bytes"/> field, and takes the bytes, to be filled in at once.</summary>
    public Span<byte> ReserveBytes(uint idDelta, int count)
    {
        // The length goes to Ensure in two steps: the sum could overflow.
        Ensure(MostTagBytes + VarInt.MostBytes);
        var position = PutTag(_position, WireType.Bytes, idDelta);
        _position = position + VarInt.Write(ref At(position), (uint)count);
        return Reserve(count);
    }

    /// <summary>
    /// Begins a <see cref="WireType.Bytes"/> field of at most <paramref name="most"/> bytes, and returns the room for them.
    /// <see cref="EndBytes"/> follows.
    /// </summary>
    internal Span<byte> BeginBytes(uint idDelta, int most)
    {
        Ensure(MostTagBytes);
        _position = PutTag(_position, WireType.Bytes, idDelta);
        return BeginPacked(most);
    }

    /// <summary>Begins at most <paramref name="most"/> bytes whose tag was written, and returns the room for them. <see cref="EndBytes"/> follows.</summary>
    internal Span<byte> BeginPacked(int most)
    {
        var width = VarInt.Width((uint)most);
        Ensure(width + most);
        return _buffer.AsSpan(_position + width, most);
    }

    /// <summary>Ends the field that <see cref="BeginBytes"/> began, now that it is known how many bytes it has.</summary>
    internal void EndBytes(int count, int most)
    {
        var position = _position;
        if (most < 0x80)
        {
            At(position) = (byte)count;
            _position = position + 1 + count;
            return;
        }

        var width = VarInt.Width((uint)most);
        VarInt.WritePadded(ref At(position), (uint)count, width);
        _position = position + width + count;
    }

    private void WriteLongText(uint idDelta, ReadOnlySpan<char> value)
    {
        var bytes = Encoding.UTF8.GetByteCount(value);
        Encoding.UTF8.GetBytes(value, ReserveBytes(idDelta, bytes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteVarIntField(uint idDelta, ulong value)
    {
        var position = _position;
        if (value < 0x80 && idDelta < FieldTag.LongDelta && _buffer.Length - position >= 2)
        {
            // VarInt is wire type 0: the tag byte is the delta itself.
            ref var at = ref At(position);
            at = (byte)idDelta;
            Unsafe.Add(ref at, 1) = (byte)value;
            _position = position + 2;
            return;
        }

        WriteLongVarIntField(idDelta, value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteLongVarIntField(uint idDelta, ulong value)
    {
        Ensure(MostTagBytes + VarInt.MostBytes);
        var position = PutTag(_position, WireType.VarInt, idDelta);
        _position = position + VarInt.Write(ref At(position), value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteFixed64Field(uint idDelta, ulong value)
    {
        Ensure(MostTagBytes + sizeof(ulong));
        var position = PutTag(_position, WireType.Fixed64, idDelta);
        Put(position, value);
        _position = position + sizeof(ulong);
    }

    // There is room for what these write: the callers have made sure of it.
    private void Put(int position, ulong value) =>
        Unsafe.WriteUnaligned(ref At(position), BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));

    private void Put(int position, uint value) =>
        Unsafe.WriteUnaligned(ref At(position), BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));

    private void Put(int position, ushort value) =>
        Unsafe.WriteUnaligned(ref At(position), BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));
}
