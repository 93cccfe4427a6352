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
        PutTag(WireType.Fixed32, idDelta);
        Put(BitConverter.SingleToUInt32Bits(value));
    }

    /// <summary>Writes a field.</summary>
    public void WriteDouble(uint idDelta, double value) => WriteFixed64Field(idDelta, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>Writes a field. The kind is kept; a local time is sent as the instant that it is.</summary>
    public void WriteDateTime(uint idDelta, DateTime value) => WriteFixed64Field(idDelta, (ulong)value.ToBinary());

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
        PutTag(WireType.Bytes, idDelta);
        At(_position++) = Bytes;
        Put((ulong)value.UtcTicks);
        Put((ushort)(short)value.TotalOffsetMinutes);
    }

    /// <summary>Writes a field.</summary>
    public void WriteGuid(uint idDelta, Guid value)
    {
        const int Bytes = 16;
        Ensure(MostTagBytes + 1 + Bytes);
        PutTag(WireType.Bytes, idDelta);
        At(_position) = Bytes;
        if (BitConverter.IsLittleEndian) Unsafe.WriteUnaligned(ref At(_position + 1), value);
        else value.TryWriteBytes(_buffer.AsSpan(_position + 1, Bytes));
        _position += 1 + Bytes;
    }

    /// <summary>Writes a field. The scale is kept.</summary>
    public void WriteDecimal(uint idDelta, decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        Ensure(MostTagBytes + 1 + 16);
        PutTag(WireType.Bytes, idDelta);
        At(_position++) = 16;
        foreach (var part in parts) Put((uint)part);
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
        PutTag(WireType.Bytes, idDelta);
        var width = value.Length <= ShortString ? 1 : VarInt.Width((uint)most);
        var bytes = Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_position + width));
        if (width == 1) At(_position) = (byte)bytes;
        else VarInt.WritePadded(ref At(_position), (uint)bytes, width);
        _position += width + bytes;
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
        PutTag(WireType.Bytes, idDelta);
        _position += VarInt.Write(ref At(_position), (uint)count);
        return Reserve(count);
    }

    /// <summary>
    /// Begins a <see cref="WireType.Bytes"/> field of at most <paramref name="most"/> bytes, and returns the room for them.
    /// <see cref="EndBytes"/> follows.
    /// </summary>
    internal Span<byte> BeginBytes(uint idDelta, int most)
    {
        Ensure(MostTagBytes + VarInt.MostBytes);
        PutTag(WireType.Bytes, idDelta);
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
        var width = VarInt.Width((uint)most);
        VarInt.WritePadded(ref At(_position), (uint)count, width);
        _position += width + count;
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
            At(position) = (byte)idDelta;
            At(position + 1) = (byte)value;
            _position = position + 2;
            return;
        }

        WriteLongVarIntField(idDelta, value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteLongVarIntField(uint idDelta, ulong value)
    {
        Ensure(MostTagBytes + VarInt.MostBytes);
        PutTag(WireType.VarInt, idDelta);
        _position += VarInt.Write(ref At(_position), value);
    }

    private void WriteFixed64Field(uint idDelta, ulong value)
    {
        Ensure(MostTagBytes + sizeof(ulong));
        PutTag(WireType.Fixed64, idDelta);
        Put(value);
    }

    // There is room for what these write: the callers have made sure of it.
    private void Put(ulong value)
    {
        Unsafe.WriteUnaligned(ref At(_position), BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));
        _position += sizeof(ulong);
    }

    private void Put(uint value)
    {
        Unsafe.WriteUnaligned(ref At(_position), BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));
        _position += sizeof(uint);
    }

    private void Put(ushort value)
    {
        Unsafe.WriteUnaligned(ref At(_position), BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));
        _position += sizeof(ushort);
    }
}
