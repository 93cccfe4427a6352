namespace OrleansShop.Engine.Serialization;

/// <summary>The part of a class's codec that does not depend on its members: null, references, derived types, depth.</summary>
/// <remarks>
/// Generated codecs derive from it; the members are theirs, the rest is here. Each class of a hierarchy is a level with its own ids:
/// the member with id n is field n + 1 of its class's level, and field 0, if there is one, is the level of the base class,
/// nested as a <see cref="WireType.Value"/>. Field 0 is kept free in every class, so that a class can be given a base later.
/// </remarks>
/// <typeparam name="T">A class.</typeparam>
public abstract class ObjectCodec<T> : Codec<T>
    where T : class
{
    /// <summary>Whether objects of this type are written once and then referred to. Off for types marked as needing no tracking.</summary>
    protected virtual bool TracksReferences => true;

    /// <summary>Creates an object whose members <see cref="ReadFields"/> or <see cref="CopyFields"/> will set.</summary>
    protected abstract T Create();

    /// <summary>Writes the base's level and this class's members, without the end tag.</summary>
    public abstract void WriteFields(PayloadWriter writer, T value);

    /// <summary>Reads members up to and including the end tag, skipping unknown ones.</summary>
    public abstract void ReadFields(PayloadReader reader, T value);

    /// <summary>Copies the members, the base's included.</summary>
    public abstract void CopyFields(T from, T to, CopyContext context);

    /// <summary>Writes the members of <paramref name="value"/>, an object of a derived class, as the derived class's field 0.</summary>
    public void WriteLevel(PayloadWriter writer, uint idDelta, T value) => throw new NotImplementedException();

    /// <summary>Reads what <see cref="WriteLevel"/> wrote into <paramref name="value"/>, an object of a derived class. Counts as one level of depth.</summary>
    /// <exception cref="PayloadException">The field is not a <see cref="WireType.Value"/>.</exception>
    public void ReadLevel(PayloadReader reader, FieldTag tag, T value) => throw new NotImplementedException();

    /// <summary>What <see cref="Create"/> of an abstract class does: it fails, because the payload names no derived class.</summary>
    /// <exception cref="PayloadException">Always.</exception>
    protected static T CannotCreateAbstract() => throw new NotImplementedException();
}

/// <summary>The same for a struct.</summary>
/// <typeparam name="T">A struct.</typeparam>
public abstract class ValueCodec<T> : Codec<T>
    where T : struct
{
    /// <summary>Writes the members, without the end tag.</summary>
    public abstract void WriteFields(PayloadWriter writer, in T value);

    /// <summary>Reads members up to and including the end tag, skipping unknown ones.</summary>
    public abstract void ReadFields(PayloadReader reader, ref T value);

    /// <summary>Replaces each mutable member by a copy.</summary>
    public abstract void CopyFields(ref T value, CopyContext context);
}
