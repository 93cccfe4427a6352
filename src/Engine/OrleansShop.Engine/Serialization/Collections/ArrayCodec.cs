using System.Runtime.CompilerServices;
using OrleansShop.Engine.Serialization.Objects;

namespace OrleansShop.Engine.Serialization.Collections;

/// <summary>One-dimensional arrays.</summary>
internal sealed class ArrayCodec<T> : InstanceCodec<T[]>
{
    // Up to this size an element in memory is at most some thirty times its shortest form on the wire, so that an array may be
    // allocated when its length is announced. Larger ones are collected as they arrive.
    private const int LargestPreallocatedElement = 32;

    private ElementCodec<T> _elements = null!;

    public override void Resolve(ICodecProvider codecs) => _elements = new ElementCodec<T>(codecs);

    public override void WriteField(PayloadWriter writer, uint idDelta, T[]? value)
    {
        if (_elements.Packs && !IsDerived(value)) _elements.WritePackedObject(writer, idDelta, value, value);
        else base.WriteField(writer, idDelta, value);
    }

    protected override T[] ReadPackedBody(PayloadReader reader, ReadOnlySpan<byte> bytes) => _elements.Unpack(reader, bytes);

    protected override void WriteBody(PayloadWriter writer, T[] value) => _elements.Write(writer, value);

    protected override T[] ReadBody(PayloadReader reader, int slot)
    {
        T[]? array = null;
        List<T>? arrived = null;
        var announced = 0;
        var count = 0;
        uint id = 0;
        while (reader.TryReadField(out var tag))
        {
            switch (id += tag.IdDelta)
            {
                case ElementCodec<T>.CountField when array is null && arrived is null:
                    announced = reader.ReadCount(tag);
                    if (Unsafe.SizeOf<T>() <= LargestPreallocatedElement) reader.SetObject(slot, array = announced == 0 ? [] : new T[announced]);
                    else arrived = new List<T>(ElementCodec<T>.Presize(announced));
                    break;
                case ElementCodec<T>.ElementField:
                    if (count == announced) throw reader.Fault($"an array of {announced} elements has more");
                    var element = _elements.ReadOne(reader, tag);
                    count++;
                    if (array is not null) array[count - 1] = element;
                    else arrived!.Add(element);
                    break;
                case ElementCodec<T>.PackedField when array is null && arrived is null:
                    array = _elements.ReadPacked(reader, tag);
                    announced = count = array.Length;
                    reader.SetObject(slot, array);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        if (count != announced) throw reader.Fault($"an array of {announced} elements has only {count}");
        return array ?? arrived?.ToArray() ?? [];
    }

    protected override T[] CopyBody(T[] value, CopyContext context)
    {
        if (_elements.Shares)
        {
            var same = (T[])value.Clone();
            context.Record(value, same);
            return same;
        }

        var copy = new T[value.Length];
        context.Record(value, copy);
        for (var i = 0; i < copy.Length; i++) copy[i] = _elements.Copy(value[i], context);
        return copy;
    }
}
