using OrleansShop.Engine.Serialization.Objects;

namespace OrleansShop.Engine.Serialization.Collections;

/// <summary>Collections that are made from all their elements at once and never change after that.</summary>
internal abstract class BuiltCollectionCodec<TCollection, T> : InstanceCodec<TCollection>
    where TCollection : class, IEnumerable<T>
{
    private ElementCodec<T> _elements = null!;

    /// <summary>Whether nothing can change the collection, not even through what it was made from.</summary>
    protected virtual bool NeverChanges => true;

    public sealed override bool IsImmutable => NeverChanges && _elements.Shares;

    protected abstract TCollection Build(T[] elements, ComparerKind comparer);

    /// <summary>Whether building compares hashes.</summary>
    protected virtual bool Hashes => false;

    protected virtual int Count(TCollection collection) => ((IReadOnlyCollection<T>)collection).Count;

    /// <summary>The comparer, of collections that have one.</summary>
    protected virtual object? Comparer(TCollection collection) => null;

    public override void Resolve(ICodecProvider codecs) => _elements = new ElementCodec<T>(codecs);

    protected override void WriteBody(PayloadWriter writer, TCollection value)
    {
        ComparerKinds.Write(writer, Comparer(value));
        writer.WriteUInt32(ElementCodec<T>.CountField, (uint)Count(value));
        var idDelta = ElementCodec<T>.ElementField - ElementCodec<T>.CountField;
        foreach (var element in value)
        {
            _elements.WriteOne(writer, idDelta, element);
            idDelta = 0;
        }
    }

    protected override TCollection ReadBody(PayloadReader reader, int slot)
    {
        var elements = _elements.ReadAll(reader, out var comparer);
        if (Hashes) KeyCollisions.LookAt(reader, elements, ComparerKinds.Equality<T>(comparer));
        try
        {
            return Build(elements, comparer);
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException)
        {
            throw new PayloadException(reader.Position, $"the elements do not make a {typeof(TCollection)}. {fault.Message}", fault);
        }
    }

    protected override TCollection ReadPackedBody(PayloadReader reader, ReadOnlySpan<byte> bytes)
    {
        var elements = _elements.Unpack(reader, bytes);
        if (Hashes) KeyCollisions.LookAt(reader, elements, comparer: null);
        return Build(elements, ComparerKind.Default);
    }

    protected override TCollection CopyBody(TCollection value, CopyContext context)
    {
        var elements = new T[Count(value)];
        var count = 0;
        foreach (var element in value) elements[count++] = _elements.Copy(element, context);
        var copy = Build(elements, ComparerKinds.Of(Comparer(value)));
        context.Record(value, copy);
        return copy;
    }
}
