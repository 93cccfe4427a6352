using OrleansShop.Engine.Serialization.Lookup;

namespace OrleansShop.Engine.Serialization.Objects;

/// <summary>
/// A codec of objects that know how to read themselves as a whole, in contrast to <see cref="ObjectCodec{T}"/>, whose objects are
/// created empty and filled member by member. Null, references, derived types and depth are dealt with here.
/// </summary>
internal abstract class InstanceCodec<T> : Codec<T?>, ITakesDerived
    where T : class
{
    private readonly Type _exactType = typeof(T);

    /// <summary>Whether objects of derived classes are written as if they were of this one; if not, their own codec is used.</summary>
    public virtual bool TakesDerived => false;

    /// <summary>Writes the fields, without the end tag.</summary>
    protected abstract void WriteBody(PayloadWriter writer, T value);

    /// <summary>Reads the fields up to and including the end tag, and gives the object its place in <paramref name="slot"/> before it can be referred to.</summary>
    protected abstract T ReadBody(PayloadReader reader, int slot);

    /// <summary>Makes the object from its packed elements, for codecs of collections.</summary>
    protected virtual T ReadPackedBody(PayloadReader reader, ReadOnlySpan<byte> bytes) =>
        throw reader.Fault($"packed elements were found where a {typeof(T)} was expected");

    /// <summary>Copies the object, and records the copy before the members are copied if they can lead back to it.</summary>
    protected abstract T CopyBody(T value, CopyContext context);

    public override void WriteField(PayloadWriter writer, uint idDelta, T? value)
    {
        if (IsDerived(value)) writer.WriteRuntimeTyped(idDelta, value, this);
        else if (writer.BeginObject(idDelta, value))
        {
            WriteBody(writer, value!);
            writer.WriteEnd();
        }
    }

    public override T? ReadField(PayloadReader reader, FieldTag tag)
    {
        if (!reader.TryBeginNew(tag, out var slot))
        {
            if (reader.TryBeginNewPacked(tag, out var packed, out slot)) return PutInSlot(reader, slot, ReadPackedBody(reader, packed));
            if (tag.HasType) return reader.ReadRuntimeTyped<T>(tag, this);
            if (tag.WireType == WireType.PackedObject) return ReadPacked(reader);
            if (!reader.TryBegin<T>(tag, out var existing, out slot)) return existing;
        }

        return PutInSlot(reader, slot, ReadBody(reader, slot));
    }

    public override T? Copy(T? value, CopyContext context)
    {
        if (value is null) return null;
        if (IsDerived(value)) return context.CopyRuntimeTyped(value, this);
        if (IsImmutable) return value;
        if (context.TryGetCopy(value, out T? known)) return known;
        context.Enter();
        var copy = CopyBody(value, context);
        context.Leave();
        return copy;
    }

    private T ReadPacked(PayloadReader reader)
    {
        if (!reader.TryReadPackedObject<T>(out var bytes, out var existing, out var slot)) return existing!;
        return PutInSlot(reader, slot, ReadPackedBody(reader, bytes));
    }

    private static T PutInSlot(PayloadReader reader, int slot, T value)
    {
        reader.SetObject(slot, value);
        return value;
    }

    /// <summary>Whether the object is written by the codec of a derived class.</summary>
    protected bool IsDerived(T? value) => value is not null && !TakesDerived && value.GetType() != _exactType;
}
