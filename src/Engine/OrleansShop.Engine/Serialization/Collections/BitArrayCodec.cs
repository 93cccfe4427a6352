using System.Collections;
using OrleansShop.Engine.Serialization.Objects;

namespace OrleansShop.Engine.Serialization.Collections;

/// <summary>Arrays of bits: field 1 is their number, field 2 the bytes that hold them, the first bit lowest.</summary>
internal sealed class BitArrayCodec : InstanceCodec<BitArray>
{
    private const uint CountField = 1;
    private const uint BytesField = 2;
    private const int BitsPerByte = 8;

    protected override void WriteBody(PayloadWriter writer, BitArray value)
    {
        var bytes = new byte[Bytes(value.Length)];
        value.CopyTo(bytes, 0);
        writer.WriteUInt32(CountField, (uint)value.Length);
        writer.WriteBytes(BytesField - CountField, bytes);
    }

    protected override BitArray ReadBody(PayloadReader reader, int slot)
    {
        uint count = 0;
        byte[] bytes = [];
        for (uint id = 0; reader.TryReadField(out var tag);)
        {
            switch (id += tag.IdDelta)
            {
                case CountField: count = reader.ReadUInt32(tag); break;
                case BytesField: bytes = reader.ReadBytes(tag).ToArray(); break;
                default: reader.Skip(tag); break;
            }
        }

        if (count > int.MaxValue || bytes.Length != Bytes(count)) throw reader.Fault($"{count} bits cannot be in {bytes.Length} bytes");
        return new BitArray(bytes) { Length = (int)count };
    }

    protected override BitArray CopyBody(BitArray value, CopyContext context)
    {
        var copy = new BitArray(value);
        context.Record(value, copy);
        return copy;
    }

    private static long Bytes(long bits) => (bits + BitsPerByte - 1) / BitsPerByte;
}
