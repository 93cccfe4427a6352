namespace OrleansShop.Engine.Serialization.Values;

internal sealed class Int16Codec : PackedIntegerCodec<short, Int16Wire>
{
    public override void WriteField(PayloadWriter writer, uint idDelta, short value) => writer.WriteInt16(idDelta, value);

    public override short ReadField(PayloadReader reader, FieldTag tag) => reader.ReadInt16(tag);
}

internal readonly struct Int16Wire : IWireInteger<short>
{
    public static ulong ToWire(short value) => VarInt.ZigZag((int)value);

    public static bool TryFromWire(ulong wire, out short value)
    {
        var number = VarInt.UnZigZag(wire);
        value = unchecked((short)number);
        return value == number;
    }
}

internal sealed class UInt16Codec : PackedIntegerCodec<ushort, UInt16Wire>
{
    public override void WriteField(PayloadWriter writer, uint idDelta, ushort value) => writer.WriteUInt16(idDelta, value);

    public override ushort ReadField(PayloadReader reader, FieldTag tag) => reader.ReadUInt16(tag);
}

internal readonly struct UInt16Wire : IWireInteger<ushort>
{
    public static ulong ToWire(ushort value) => value;

    public static bool TryFromWire(ulong wire, out ushort value)
    {
        value = unchecked((ushort)wire);
        return value == wire;
    }
}

internal sealed class Int32Codec : PackedIntegerCodec<int, Int32Wire>
{
    public override void WriteField(PayloadWriter writer, uint idDelta, int value) => writer.WriteInt32(idDelta, value);

    public override int ReadField(PayloadReader reader, FieldTag tag) => reader.ReadInt32(tag);
}

internal readonly struct Int32Wire : IWireInteger<int>
{
    public static ulong ToWire(int value) => VarInt.ZigZag(value);

    public static bool TryFromWire(ulong wire, out int value)
    {
        var number = VarInt.UnZigZag(wire);
        value = unchecked((int)number);
        return value == number;
    }
}

internal sealed class UInt32Codec : PackedIntegerCodec<uint, UInt32Wire>
{
    public override void WriteField(PayloadWriter writer, uint idDelta, uint value) => writer.WriteUInt32(idDelta, value);

    public override uint ReadField(PayloadReader reader, FieldTag tag) => reader.ReadUInt32(tag);
}

internal readonly struct UInt32Wire : IWireInteger<uint>
{
    public static ulong ToWire(uint value) => value;

    public static bool TryFromWire(ulong wire, out uint value)
    {
        value = unchecked((uint)wire);
        return value == wire;
    }
}

internal sealed class Int64Codec : PackedIntegerCodec<long, Int64Wire>
{
    public override void WriteField(PayloadWriter writer, uint idDelta, long value) => writer.WriteInt64(idDelta, value);

    public override long ReadField(PayloadReader reader, FieldTag tag) => reader.ReadInt64(tag);
}

internal readonly struct Int64Wire : IWireInteger<long>
{
    public static ulong ToWire(long value) => VarInt.ZigZag(value);

    public static bool TryFromWire(ulong wire, out long value)
    {
        var number = VarInt.UnZigZag(wire);
        value = unchecked((long)number);
        return value == number;
    }
}

internal sealed class UInt64Codec : PackedIntegerCodec<ulong, UInt64Wire>
{
    public override void WriteField(PayloadWriter writer, uint idDelta, ulong value) => writer.WriteUInt64(idDelta, value);

    public override ulong ReadField(PayloadReader reader, FieldTag tag) => reader.ReadUInt64(tag);
}

internal readonly struct UInt64Wire : IWireInteger<ulong>
{
    public static ulong ToWire(ulong value) => value;

    public static bool TryFromWire(ulong wire, out ulong value)
    {
        value = unchecked((ulong)wire);
        return value == wire;
    }
}

internal sealed class CharCodec : PackedIntegerCodec<char, CharWire>
{
    public override void WriteField(PayloadWriter writer, uint idDelta, char value) => writer.WriteChar(idDelta, value);

    public override char ReadField(PayloadReader reader, FieldTag tag) => reader.ReadChar(tag);
}

internal readonly struct CharWire : IWireInteger<char>
{
    public static ulong ToWire(char value) => value;

    public static bool TryFromWire(ulong wire, out char value)
    {
        value = unchecked((char)wire);
        return value == wire;
    }
}

internal sealed class TimeSpanCodec : PackedIntegerCodec<TimeSpan, TimeSpanWire>
{
    public override void WriteField(PayloadWriter writer, uint idDelta, TimeSpan value) => writer.WriteTimeSpan(idDelta, value);

    public override TimeSpan ReadField(PayloadReader reader, FieldTag tag) => reader.ReadTimeSpan(tag);
}

internal readonly struct TimeSpanWire : IWireInteger<TimeSpan>
{
    public static ulong ToWire(TimeSpan value) => VarInt.ZigZag(value.Ticks);

    public static bool TryFromWire(ulong wire, out TimeSpan value)
    {
        value = new TimeSpan(VarInt.UnZigZag(wire));
        return true;
    }
}

internal sealed class EnumCodec<TEnum> : PackedIntegerCodec<TEnum, EnumWire<TEnum>>
    where TEnum : unmanaged, Enum
{
    public override void WriteField(PayloadWriter writer, uint idDelta, TEnum value) => writer.WriteEnum(idDelta, value);

    public override TEnum ReadField(PayloadReader reader, FieldTag tag) => reader.ReadEnum<TEnum>(tag);
}

internal readonly struct EnumWire<TEnum> : IWireInteger<TEnum>
    where TEnum : unmanaged, Enum
{
    public static ulong ToWire(TEnum value) => EnumNumber<TEnum>.ToWire(value);

    public static bool TryFromWire(ulong wire, out TEnum value) => EnumNumber<TEnum>.TryFromWire(wire, out value);
}
