using OrleansShop.Engine.Serialization.Objects;

namespace OrleansShop.Engine.Serialization.Collections;

/// <summary>
/// Sequences whose class cannot be made again, such as what a collection expression or a query yields where an interface is asked
/// for. The elements are enumerated once, and arrive as a list.
/// </summary>
internal sealed class SequenceCodec<T> : InstanceCodec<IEnumerable<T>>
{
    private ElementCodec<T> _elements = null!;

    public override bool TakesDerived => true;

    public override void Resolve(ICodecProvider codecs) => _elements = new ElementCodec<T>(codecs);

    protected override void WriteBody(PayloadWriter writer, IEnumerable<T> value) => _elements.Write(writer, value.ToArray());

    protected override List<T> ReadBody(PayloadReader reader, int slot) => [.. _elements.ReadAll(reader)];

    protected override List<T> ReadPackedBody(PayloadReader reader, ReadOnlySpan<byte> bytes) => [.. _elements.Unpack(reader, bytes)];

    protected override List<T> CopyBody(IEnumerable<T> value, CopyContext context)
    {
        var copy = new List<T>();
        context.Record(value, copy);
        foreach (var element in value) copy.Add(_elements.Copy(element, context));
        return copy;
    }
}
