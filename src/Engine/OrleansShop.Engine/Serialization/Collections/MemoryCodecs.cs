using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace OrleansShop.Engine.Serialization.Collections;

/// <summary>Structs around an array: their elements, as a value of its own, not tracked by reference.</summary>
internal abstract class MemoryLikeCodec<TMemory, T> : Codec<TMemory>
    where TMemory : struct
{
    private ElementCodec<T> _elements = null!;

    /// <summary>Whether copies can share all elements.</summary>
    protected bool SharesElements => _elements.Shares;

    protected abstract ReadOnlySpan<T> Span(TMemory memory);

    protected abstract TMemory Wrap(T[] array);

    public override void Resolve(ICodecProvider codecs) => _elements = new ElementCodec<T>(codecs);

    public override void WriteField(PayloadWriter writer, uint idDelta, TMemory value)
    {
        writer.BeginValue(idDelta);
        _elements.Write(writer, Span(value));
        writer.WriteEnd();
    }

    public override TMemory ReadField(PayloadReader reader, FieldTag tag) => reader.TryBeginValue(tag) ? Wrap(_elements.ReadAll(reader)) : default;

    public override TMemory Copy(TMemory value, CopyContext context)
    {
        if (IsImmutable) return value;
        var copy = Span(value).ToArray();
        if (!SharesElements)
        {
            for (var i = 0; i < copy.Length; i++) copy[i] = _elements.Copy(copy[i], context);
        }

        return Wrap(copy);
    }
}

internal sealed class MemoryCodec<T> : MemoryLikeCodec<Memory<T>, T>
{
    protected override ReadOnlySpan<T> Span(Memory<T> memory) => memory.Span;

    protected override Memory<T> Wrap(T[] array) => array;
}

// Read-only here says nothing about who else can write to the array, so it is copied.
internal sealed class ReadOnlyMemoryCodec<T> : MemoryLikeCodec<ReadOnlyMemory<T>, T>
{
    protected override ReadOnlySpan<T> Span(ReadOnlyMemory<T> memory) => memory.Span;

    protected override ReadOnlyMemory<T> Wrap(T[] array) => array;
}

internal sealed class ArraySegmentCodec<T> : MemoryLikeCodec<ArraySegment<T>, T>
{
    protected override ReadOnlySpan<T> Span(ArraySegment<T> memory) => memory;

    protected override ArraySegment<T> Wrap(T[] array) => array;
}

internal sealed class ImmutableArrayCodec<T> : MemoryLikeCodec<ImmutableArray<T>, T>
{
    public override bool IsImmutable => SharesElements;

    protected override ReadOnlySpan<T> Span(ImmutableArray<T> memory) => memory.AsSpan();

    protected override ImmutableArray<T> Wrap(T[] array) => ImmutableCollectionsMarshal.AsImmutableArray(array);

    public override void WriteField(PayloadWriter writer, uint idDelta, ImmutableArray<T> value)
    {
        if (value.IsDefault) writer.WriteNull(idDelta);
        else base.WriteField(writer, idDelta, value);
    }

    public override ImmutableArray<T> Copy(ImmutableArray<T> value, CopyContext context) => value.IsDefault ? value : base.Copy(value, context);
}
