using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OrleansShop.Engine.Serialization.Values;

namespace OrleansShop.Engine.Serialization.Collections;

/// <summary>Writes and reads the elements of any collection.</summary>
/// <remarks>
/// An array or list of small values is a <see cref="WireType.PackedObject"/>. The fields of any other collection: 0 the comparer, if it is not the default one; then either 3, all elements packed into bytes, or 1, their
/// number, and a field 2 for each.
/// </remarks>
internal sealed class ElementCodec<T>(ICodecProvider codecs)
{
    public const uint CountField = 1;
    public const uint ElementField = 2;
    public const uint PackedField = 3;

    private const int PerBlock = 1 << 20;

    private readonly Codec<T> _codec = codecs.Get<T>();
    private readonly PackedCodec<T>? _packed = codecs.Get<T>() as PackedCodec<T>;

    /// <summary>Whether copies can share all elements.</summary>
    public bool Shares => _codec.SharesEveryValue;

    /// <summary>Writes all elements, as the first fields of the object, or after the comparer, whose id is 0 and changes no delta.</summary>
    public void Write(PayloadWriter writer, ReadOnlySpan<T> elements)
    {
        if (_packed is not null)
        {
            WritePacked(writer, _packed, elements);
            return;
        }

        writer.WriteUInt32(CountField, (uint)elements.Length);
        var idDelta = ElementField - CountField;
        foreach (var element in elements)
        {
            _codec.WriteField(writer, idDelta, element);
            idDelta = 0;
        }
    }

    /// <summary>Whether the elements are packed.</summary>
    public bool Packs => _packed is not null;

    /// <summary>Writes a collection of packed elements, which is nothing but these.</summary>
    public void WritePackedObject(PayloadWriter writer, uint idDelta, object? collection, ReadOnlySpan<T> elements)
    {
        if (!writer.BeginPackedObject(idDelta, collection)) return;
        var packed = _packed!;
        if (elements.Length > PerBlock)
        {
            WriteManyPacked(writer, packed, elements, isObject: true);
            return;
        }

        var most = packed.MostBytes * elements.Length;
        writer.EndBytes(packed.Pack(elements, writer.BeginPacked(most)), most);
    }

    /// <summary>Writes one element of those that were counted. Only for collections that do not pack.</summary>
    public void WriteOne(PayloadWriter writer, uint idDelta, T element) => _codec.WriteField(writer, idDelta, element);

    /// <summary>Reads one element.</summary>
    public T ReadOne(PayloadReader reader, FieldTag tag) => _codec.ReadField(reader, tag);

    /// <summary>Copies one element.</summary>
    public T Copy(T element, CopyContext context) => _codec.Copy(element, context);

    /// <summary>Reads packed elements.</summary>
    public T[] ReadPacked(PayloadReader reader, FieldTag tag) => Unpack(reader, reader.ReadBytes(tag));

    /// <summary>Makes an array of packed elements.</summary>
    public T[] Unpack(PayloadReader reader, ReadOnlySpan<byte> bytes)
    {
        var count = PackedCount(reader, bytes);
        if (count == 0) return [];

        // No more elements than bytes, so that this is bounded.
        var elements = GC.AllocateUninitializedArray<T>(count);
        Unpack(reader, bytes, elements);
        return elements;
    }

    /// <summary>Makes a list of packed elements.</summary>
    public List<T> UnpackList(PayloadReader reader, ReadOnlySpan<byte> bytes)
    {
        var count = PackedCount(reader, bytes);
        var list = new List<T>(count);
        CollectionsMarshal.SetCount(list, count);
        Unpack(reader, bytes, CollectionsMarshal.AsSpan(list));
        return list;
    }

    /// <summary>Reads all elements up to the end of the collection.</summary>
    public T[] ReadAll(PayloadReader reader) => ReadAll(reader, out _);

    /// <summary>Reads all elements up to the end of the collection, and the comparer.</summary>
    public T[] ReadAll(PayloadReader reader, out ComparerKind comparer)
    {
        comparer = ComparerKind.Default;
        var elements = new List<T>();
        T[]? packed = null;
        uint id = 0;
        while (reader.TryReadField(out var tag))
        {
            switch (id += tag.IdDelta)
            {
                case ComparerKinds.Field:
                    comparer = (ComparerKind)reader.ReadByte(tag);
                    break;
                case CountField:
                    elements.EnsureCapacity(Presize(reader.ReadCount(tag)));
                    break;
                case ElementField:
                    elements.Add(_codec.ReadField(reader, tag));
                    break;
                case PackedField:
                    packed = ReadPacked(reader, tag);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return packed ?? elements.ToArray();
    }

    private int PackedCount(PayloadReader reader, ReadOnlySpan<byte> bytes)
    {
        if (_packed is null) throw reader.Fault($"packed elements were found in a collection of {typeof(T)}");
        var count = _packed.Count(bytes);
        return count >= 0 ? count : throw reader.Fault($"packed elements of type {typeof(T)} end in the middle of one");
    }

    private void Unpack(PayloadReader reader, ReadOnlySpan<byte> bytes, Span<T> to)
    {
        if (!_packed!.TryUnpack(bytes, to)) throw reader.Fault($"a packed element is not a {typeof(T)}");
    }

    /// <summary>Bounds what is allocated before an element has arrived; beyond it collections grow as usual.</summary>
    public static int Presize(int count) => Math.Min(count, Math.Max(16, 64 * 1024 / Unsafe.SizeOf<T>()));

    private static void WritePacked(PayloadWriter writer, PackedCodec<T> packed, ReadOnlySpan<T> elements)
    {
        if (elements.Length > PerBlock)
        {
            WriteManyPacked(writer, packed, elements, isObject: false);
            return;
        }

        var most = packed.MostBytes * elements.Length;
        writer.EndBytes(packed.Pack(elements, writer.BeginBytes(PackedField, most)), most);
    }

    // The worst case of very many elements would be a needlessly large buffer: measure first.
    private static void WriteManyPacked(PayloadWriter writer, PackedCodec<T> packed, ReadOnlySpan<T> elements, bool isObject)
    {
        var block = new byte[packed.MostBytes * PerBlock];
        var total = 0;
        for (var at = 0; at < elements.Length; at += PerBlock) total += packed.Pack(Block(elements, at), block);
        if (isObject) writer.WriteRawVarInt((uint)total);
        var destination = isObject ? writer.Reserve(total) : writer.ReserveBytes(PackedField, total);
        for (var at = 0; at < elements.Length; at += PerBlock)
        {
            var count = packed.Pack(Block(elements, at), block);
            block.AsSpan(0, count).CopyTo(destination);
            destination = destination[count..];
        }
    }

    private static ReadOnlySpan<T> Block(ReadOnlySpan<T> elements, int at) => elements.Slice(at, Math.Min(PerBlock, elements.Length - at));
}
