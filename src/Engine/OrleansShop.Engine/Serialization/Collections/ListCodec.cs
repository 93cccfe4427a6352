using System.Runtime.InteropServices;
using OrleansShop.Engine.Serialization.Objects;

namespace OrleansShop.Engine.Serialization.Collections;

/// <summary>Lists, the most frequent collection, written and filled as a block where their elements are packed.</summary>
internal sealed class ListCodec<T> : InstanceCodec<List<T>>
{
    private ElementCodec<T> _elements = null!;

    public override void Resolve(ICodecProvider codecs) => _elements = new ElementCodec<T>(codecs);

    public override void WriteField(PayloadWriter writer, uint idDelta, List<T>? value)
    {
        // Here the exact type is a constant, unlike in the class that this one derives from.
        if (_elements.Packs && (value is null || value.GetType() == typeof(List<T>))) _elements.WritePackedObject(writer, idDelta, value, CollectionsMarshal.AsSpan(value));
        else base.WriteField(writer, idDelta, value);
    }

    protected override List<T> ReadPackedBody(PayloadReader reader, ReadOnlySpan<byte> bytes) => _elements.UnpackList(reader, bytes);

    protected override void WriteBody(PayloadWriter writer, List<T> value) => _elements.Write(writer, CollectionsMarshal.AsSpan(value));

    protected override List<T> ReadBody(PayloadReader reader, int slot)
    {
        var list = new List<T>();
        reader.SetObject(slot, list);
        uint id = 0;
        while (reader.TryReadField(out var tag))
        {
            switch (id += tag.IdDelta)
            {
                case ElementCodec<T>.CountField:
                    list.EnsureCapacity(ElementCodec<T>.Presize(reader.ReadCount(tag)));
                    break;
                case ElementCodec<T>.ElementField:
                    list.Add(_elements.ReadOne(reader, tag));
                    break;
                case ElementCodec<T>.PackedField:
                    list.AddRange(_elements.ReadPacked(reader, tag));
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return list;
    }

    protected override List<T> CopyBody(List<T> value, CopyContext context)
    {
        if (_elements.Shares)
        {
            var same = new List<T>(value);
            context.Record(value, same);
            return same;
        }

        var copy = new List<T>(value.Count);
        context.Record(value, copy);
        foreach (var element in value) copy.Add(_elements.Copy(element, context));
        return copy;
    }
}
