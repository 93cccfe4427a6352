namespace OrleansShop.Engine.Serialization;

/// <summary>Reads, writes and copies values of one type.</summary>
public abstract class Codec
{
    /// <summary>Only <see cref="Codec{T}"/> derives from this class.</summary>
    private protected Codec()
    {
    }

    /// <summary>The type of the values.</summary>
    public abstract Type ValueType { get; }

    /// <summary>Whether a value can be shared instead of copied: it, and all it refers to, never changes.</summary>
    public virtual bool IsImmutable => false;

    /// <summary>
    /// Fetches the codecs of the members. Called once, after this codec can itself be found in <paramref name="codecs"/>,
    /// so that types that refer to each other resolve.
    /// </summary>
    public virtual void Resolve(ICodecProvider codecs)
    {
    }

    /// <summary>Writes a value whose type the caller does not know.</summary>
    internal abstract void WriteUntyped(PayloadWriter writer, uint idDelta, object? value);

    /// <summary>Reads a value whose type the caller does not know.</summary>
    internal abstract object? ReadUntyped(PayloadReader reader, FieldTag tag);

    /// <summary>Copies a value whose type the caller does not know.</summary>
    internal abstract object? CopyUntyped(object? value, CopyContext context);
}

/// <summary>Reads, writes and copies values of type <typeparamref name="T"/>, or of a type derived from it.</summary>
/// <typeparam name="T">The declared type.</typeparam>
public abstract class Codec<T> : Codec
{
    /// <inheritdoc/>
    public sealed override Type ValueType => typeof(T);

    /// <summary>
    /// Whether every value of the declared type can be shared, so that a collection of them is copied as a block:
    /// for a class that is not sealed, a derived one might be mutable.
    /// </summary>
    public bool SharesEveryValue => IsImmutable && (typeof(T).IsValueType || typeof(T).IsSealed);

    /// <summary>Writes the tag and the value of one field.</summary>
    public abstract void WriteField(PayloadWriter writer, uint idDelta, T value);

    /// <summary>Reads the value of a field whose <paramref name="tag"/> was just read.</summary>
    /// <exception cref="PayloadException">The bytes are not a value of this type.</exception>
    public abstract T ReadField(PayloadReader reader, FieldTag tag);

    /// <summary>Returns a value that shares nothing mutable with <paramref name="value"/>.</summary>
    public abstract T Copy(T value, CopyContext context);

    internal sealed override void WriteUntyped(PayloadWriter writer, uint idDelta, object? value) => WriteField(writer, idDelta, (T)value!);

    internal sealed override object? ReadUntyped(PayloadReader reader, FieldTag tag) => ReadField(reader, tag);

    internal sealed override object? CopyUntyped(object? value, CopyContext context) => Copy((T)value!, context);
}
