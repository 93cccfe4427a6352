using System.Runtime.CompilerServices;
using OrleansShop.Engine.Serialization.Objects;

namespace OrleansShop.Engine.Serialization.Collections;

/// <summary>Arrays of more than one dimension: field 0 has the lengths, the elements follow row by row.</summary>
/// <typeparam name="TArray">The array type, such as <c>int[,]</c>.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
internal sealed class MatrixCodec<TArray, T> : InstanceCodec<TArray>
    where TArray : class
{
    private ElementCodec<T> _elements = null!;
    private Codec<int[]?> _lengths = null!;

    public override void Resolve(ICodecProvider codecs)
    {
        _elements = new ElementCodec<T>(codecs);
        _lengths = codecs.Get<int[]?>();
    }

    protected override void WriteBody(PayloadWriter writer, TArray value)
    {
        var array = (Array)(object)value;
        _lengths.WriteField(writer, 0, Lengths(array));
        _elements.Write(writer, Flat(array));
    }

    protected override TArray ReadBody(PayloadReader reader, int slot)
    {
        var lengthsTag = reader.ReadTag();
        var lengths = lengthsTag.IdDelta == 0 ? _lengths.ReadField(reader, lengthsTag) : null;
        if (lengths?.Length != typeof(TArray).GetArrayRank()) throw reader.Fault($"a {typeof(TArray)} does not say its lengths");

        var elements = _elements.ReadAll(reader);
        long total = lengths.Contains(0) ? 0 : 1;
        foreach (var length in lengths)
        {
            // Each step is bounded by the elements that arrived, so that the product cannot overflow.
            if (length < 0 || length > Array.MaxLength || (total *= length) > elements.Length) throw Mismatch(reader, lengths, elements.Length);
        }

        if (total != elements.Length) throw Mismatch(reader, lengths, elements.Length);
        var array = Array.CreateInstance(typeof(T), lengths);
        if (elements.Length > 0) elements.CopyTo(Flat(array));
        return Unsafe.As<Array, TArray>(ref array);
    }

    protected override TArray CopyBody(TArray value, CopyContext context)
    {
        var copy = (Array)((Array)(object)value).Clone();
        context.Record(value, copy);
        if (!_elements.Shares)
        {
            foreach (ref var element in Flat(copy)) element = _elements.Copy(element, context);
        }

        return Unsafe.As<Array, TArray>(ref copy);
    }

    private static PayloadException Mismatch(PayloadReader reader, int[] lengths, int count) =>
        reader.Fault($"a {typeof(TArray)} of lengths {string.Join(" × ", lengths)} has {count} elements");

    private static int[] Lengths(Array array)
    {
        var lengths = new int[array.Rank];
        for (var i = 0; i < lengths.Length; i++) lengths[i] = array.GetLength(i);
        return lengths;
    }

    private static Span<T> Flat(Array array) => array.Length == 0
        ? []
        : System.Runtime.InteropServices.MemoryMarshal.CreateSpan(
            ref Unsafe.As<byte, T>(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(array)), array.Length);
}
