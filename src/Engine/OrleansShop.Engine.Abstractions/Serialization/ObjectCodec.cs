namespace OrleansShop.Engine.Serialization;

/// <summary>The part of a class's codec that does not depend on its members: null, references, derived types, depth.</summary>
/// <remarks>
/// Generated codecs derive from it; the members are theirs, the rest is here. Each class of a hierarchy is a level with its own ids:
/// the member with id n is field n + 1 of its class's level, and field 0, if there is one, is the level of the base class,
/// nested as a <see cref="WireType.Value"/>. Field 0 is kept free in every class, so that a class can be given a base later.
/// In a record, whose positional parameters count separately, the member with id n is field 2n + 1 and the parameter at position n field 2n + 2.
/// <code>
/// public override void WriteFields(PayloadWriter writer, Dog value)
/// {
///     _animal.WriteLevel(writer, 0, value);
///     writer.WriteString(1, value.Breed);
/// }
///
/// public override void ReadFields(PayloadReader reader, Dog value)
/// {
///     for (uint id = 0; reader.TryReadField(out var tag);)
///     {
///         switch (id += tag.IdDelta)
///         {
///             case 0: _animal.ReadLevel(reader, tag, value); break;
///             case 1: value.Breed = reader.ReadString(tag); break;
///             default: reader.Skip(tag); break;
///         }
///     }
/// }
/// </code>
/// Hot path: for an object of exactly the declared type, one virtual call beside the members; no allocation on write or copy
/// beyond the copy itself.
/// </remarks>
/// <typeparam name="T">A class.</typeparam>
public abstract class ObjectCodec<T> : Codec<T?>
    where T : class
{
    // A sealed class is not asked for its objects' type; null stands for it.
    private readonly Type? _exactType = typeof(T).IsSealed ? null : typeof(T);

    /// <summary>Whether objects of this type are written once and then referred to. Off for types marked as needing no tracking.</summary>
    protected virtual bool TracksReferences => true;

    /// <summary>
    /// Creates an object whose members <see cref="ReadFields"/> or <see cref="CopyFields"/> will set. For an abstract class:
    /// <see cref="CannotCreateAbstract"/>.
    /// </summary>
    protected abstract T Create();

    /// <summary>Writes the base's level and this class's members, without the end tag.</summary>
    public abstract void WriteFields(PayloadWriter writer, T value);

    /// <summary>Reads members up to and including the end tag, skipping unknown ones.</summary>
    public abstract void ReadFields(PayloadReader reader, T value);

    /// <summary>Copies the members, the base's included.</summary>
    public abstract void CopyFields(T from, T to, CopyContext context);

    /// <inheritdoc/>
    public override void WriteField(PayloadWriter writer, uint idDelta, T? value)
    {
        if (IsDerived(value))
        {
            writer.WriteRuntimeTyped(idDelta, value, this);
            return;
        }

        if (TracksReferences ? writer.BeginObject(idDelta, value) : writer.BeginUntracked(idDelta, value))
        {
            WriteFields(writer, value!);
            writer.WriteEnd();
        }
    }

    /// <inheritdoc/>
    public override T? ReadField(PayloadReader reader, FieldTag tag)
    {
        if (!reader.TryBeginNew(tag, out var slot))
        {
            if (tag.HasType) return reader.ReadRuntimeTyped<T>(tag, this);
            if (!reader.TryBegin<T>(tag, out var existing, out slot)) return existing;
        }

        var value = Create();
        reader.SetObject(slot, value);
        ReadFields(reader, value);
        return value;
    }

    /// <inheritdoc/>
    public override T? Copy(T? value, CopyContext context)
    {
        if (value is null) return null;
        if (IsDerived(value)) return context.CopyRuntimeTyped(value, this);
        if (IsImmutable) return value;
        if (context.TryGetCopy(value, out T? known)) return known;

        var copy = Create();
        context.Enter(value, copy);
        CopyFields(value, copy, context);
        context.Leave();
        return copy;
    }

    /// <summary>Writes the members of <paramref name="value"/>, an object of a derived class, as a field of the derived class's level.</summary>
    public void WriteLevel(PayloadWriter writer, uint idDelta, T value)
    {
        writer.BeginValue(idDelta);
        WriteFields(writer, value);
        writer.WriteEnd();
    }

    /// <summary>Reads what <see cref="WriteLevel"/> wrote into <paramref name="value"/>, an object of a derived class. Counts as one level of depth.</summary>
    /// <exception cref="PayloadException">The field is not a <see cref="WireType.Value"/>.</exception>
    public void ReadLevel(PayloadReader reader, FieldTag tag, T value)
    {
        if (reader.TryBeginValue(tag)) ReadFields(reader, value);
    }

    private bool IsDerived(T? value) => _exactType is not null && value is not null && value.GetType() != _exactType;

    /// <summary>What <see cref="Create"/> of an abstract class does: it fails, because the payload names no derived class.</summary>
    /// <exception cref="PayloadException">Always.</exception>
    protected static T CannotCreateAbstract() => throw new PayloadException(
        $"{typeof(T)} is abstract and the payload does not say which class derived from it the object has.");
}
