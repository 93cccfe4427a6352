using System.Text;

namespace OrleansShop.Engine.Serialization.Values;

/// <summary>Types as values, by name: those that a payload may name.</summary>
internal sealed class TypeCodec : SharedValueCodec<Type?>, Lookup.ITakesDerived
{
    public bool TakesDerived => true;

    public override void WriteField(PayloadWriter writer, uint idDelta, Type? value)
    {
        if (value is null) writer.WriteNull(idDelta);
        else writer.WriteBytes(idDelta, writer.Codecs.NameOf(value).Utf8);
    }

    public override Type? ReadField(PayloadReader reader, FieldTag tag)
    {
        if (reader.TryReadNull(tag)) return null;
        var name = reader.ReadBytes(tag);
        if (name.Length > reader.Limits.MaxTypeNameBytes)
        {
            throw reader.Fault($"a type name has {name.Length} bytes and {reader.Limits.MaxTypeNameBytes} are allowed");
        }

        return reader.Codecs.FindType(name) ?? throw reader.Fault($"'{Encoding.UTF8.GetString(name)}' is not a type that a payload may name here");
    }
}
