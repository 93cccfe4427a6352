namespace OrleansShop.Engine.Serialization.Values;

internal sealed class BooleanCodec : PackedFixedCodec<bool>
{
    public override void WriteField(PayloadWriter writer, uint idDelta, bool value) => writer.WriteBoolean(idDelta, value);

    public override bool ReadField(PayloadReader reader, FieldTag tag) => reader.ReadBoolean(tag);

    protected override bool AreValid(Span<bool> values)
    {
        foreach (var each in System.Runtime.InteropServices.MemoryMarshal.AsBytes(values))
        {
            if (each > 1) return false;
        }

        return true;
    }
}

internal sealed class ByteCodec : PackedFixedCodec<byte>
{
    public override void WriteField(PayloadWriter writer, uint idDelta, byte value) => writer.WriteByte(idDelta, value);

    public override byte ReadField(PayloadReader reader, FieldTag tag) => reader.ReadByte(tag);
}

internal sealed class SByteCodec : PackedFixedCodec<sbyte>
{
    public override void WriteField(PayloadWriter writer, uint idDelta, sbyte value) => writer.WriteSByte(idDelta, value);

    public override sbyte ReadField(PayloadReader reader, FieldTag tag) => reader.ReadSByte(tag);
}

internal sealed class SingleCodec : PackedFixedCodec<float>
{
    public override void WriteField(PayloadWriter writer, uint idDelta, float value) => writer.WriteSingle(idDelta, value);

    public override float ReadField(PayloadReader reader, FieldTag tag) => reader.ReadSingle(tag);
}

internal sealed class DoubleCodec : PackedFixedCodec<double>
{
    public override void WriteField(PayloadWriter writer, uint idDelta, double value) => writer.WriteDouble(idDelta, value);

    public override double ReadField(PayloadReader reader, FieldTag tag) => reader.ReadDouble(tag);
}

internal sealed class GuidCodec : PackedFixedCodec<Guid>
{
    public override void WriteField(PayloadWriter writer, uint idDelta, Guid value) => writer.WriteGuid(idDelta, value);

    public override Guid ReadField(PayloadReader reader, FieldTag tag) => reader.ReadGuid(tag);

    protected override bool IsNumber => false;
}
