namespace OrleansShop.Engine.Serialization;

/// <summary>The part of a class's codec that does not depend on its members: null, references, derived types, depth.</summary>
/// <remarks>Generated codecs derive from it; the members are theirs, the rest is here.</remarks>
/// <typeparam name="T">A class.</typeparam>
public abstract class ObjectCodec<T> : Codec<T>
    where T : class
{
    /// <summary>Whether objects of this type are written once and then referred to. Off for types marked as needing no tracking.</summary>
    protected virtual bool TracksReferences => true;

    /// <summary>Creates an object whose members <see cref="ReadFields"/> or <see cref="CopyFields"/> will set.</summary>
    protected abstract T Create();

    /// <summary>Writes the members, without the end tag. A derived class writes its base's members first, as one nested field with id 0 of their own level.</summary>
    protected internal abstract void WriteFields(PayloadWriter writer, T value);

    /// <summary>Reads members up to and including the end tag, skipping unknown ones.</summary>
    protected internal abstract void ReadFields(PayloadReader reader, T value);

    /// <summary>Copies the members.</summary>
    protected internal abstract void CopyFields(T from, T to, CopyContext context);
}

/// <summary>The same for a struct.</summary>
/// <typeparam name="T">A struct.</typeparam>
public abstract class ValueCodec<T> : Codec<T>
    where T : struct
{
    /// <summary>Writes the members, without the end tag.</summary>
    protected internal abstract void WriteFields(PayloadWriter writer, in T value);

    /// <summary>Reads members up to and including the end tag, skipping unknown ones.</summary>
    protected internal abstract void ReadFields(PayloadReader reader, ref T value);

    /// <summary>Replaces each mutable member by a copy.</summary>
    protected internal abstract void CopyFields(ref T value, CopyContext context);
}
