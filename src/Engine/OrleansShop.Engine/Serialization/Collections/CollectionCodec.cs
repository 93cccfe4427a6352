using OrleansShop.Engine.Serialization.Objects;

namespace OrleansShop.Engine.Serialization.Collections;

/// <summary>Collections that are created empty and to which elements are added one by one, in the order in which they are enumerated.</summary>
internal abstract class CollectionCodec<TCollection, T> : InstanceCodec<TCollection>
    where TCollection : class, IEnumerable<T>
{
    private ElementCodec<T> _elements = null!;

    protected abstract TCollection Create(ComparerKind comparer, int capacity);

    protected abstract int Count(TCollection collection);

    protected abstract void Add(TCollection collection, T element);

    /// <summary>The comparer, of collections that have one.</summary>
    protected virtual object? Comparer(TCollection collection) => null;

    /// <summary>Counts the elements that collide, of collections that hash.</summary>
    protected virtual void LookForCollisions(PayloadReader reader, TCollection collection, ref KeyCollisions collisions)
    {
    }

    /// <summary>The elements in the order in which they have to be added.</summary>
    protected virtual IEnumerable<T> InOrder(TCollection collection) => collection;

    public override void Resolve(ICodecProvider codecs) => _elements = new ElementCodec<T>(codecs);

    protected override void WriteBody(PayloadWriter writer, TCollection value)
    {
        ComparerKinds.Write(writer, Comparer(value));
        writer.WriteUInt32(ElementCodec<T>.CountField, (uint)Count(value));
        var idDelta = ElementCodec<T>.ElementField - ElementCodec<T>.CountField;
        foreach (var element in InOrder(value))
        {
            _elements.WriteOne(writer, idDelta, element);
            idDelta = 0;
        }
    }

    protected override TCollection ReadBody(PayloadReader reader, int slot)
    {
        TCollection? collection = null;
        var comparer = ComparerKind.Default;
        var collisions = default(KeyCollisions);
        uint id = 0;
        while (reader.TryReadField(out var tag))
        {
            switch (id += tag.IdDelta)
            {
                case ComparerKinds.Field when collection is null:
                    comparer = (ComparerKind)reader.ReadByte(tag);
                    break;
                case ElementCodec<T>.CountField when collection is null:
                    reader.SetObject(slot, collection = Create(comparer, ElementCodec<T>.Presize(reader.ReadCount(tag))));
                    break;
                case ElementCodec<T>.ElementField when collection is not null:
                    AddRead(reader, collection, _elements.ReadOne(reader, tag));
                    if (collisions.IsLookDue()) LookForCollisions(reader, collection, ref collisions);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        // An empty one is small in the payload and large here: it has to say that it is empty.
        return collection ?? throw reader.Fault($"a {typeof(TCollection)} does not say how many elements it has");
    }

    // What was written as a list or an array.
    protected override TCollection ReadPackedBody(PayloadReader reader, ReadOnlySpan<byte> bytes)
    {
        var elements = _elements.Unpack(reader, bytes);
        var collection = Create(ComparerKind.Default, ElementCodec<T>.Presize(elements.Length));
        var collisions = default(KeyCollisions);
        foreach (var element in elements)
        {
            AddRead(reader, collection, element);
            if (collisions.IsLookDue()) LookForCollisions(reader, collection, ref collisions);
        }

        return collection;
    }

    protected override TCollection CopyBody(TCollection value, CopyContext context)
    {
        var copy = Create(ComparerKinds.Of(Comparer(value)), Count(value));
        context.Record(value, copy);
        foreach (var element in InOrder(value)) Add(copy, _elements.Copy(element, context));
        return copy;
    }

    private void AddRead(PayloadReader reader, TCollection collection, T element)
    {
        try
        {
            Add(collection, element);
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException)
        {
            // No order between elements, or null where none can be.
            throw new PayloadException(reader.Position, $"an element cannot be added to a {typeof(TCollection)}. {fault.Message}", fault);
        }
    }
}
