namespace OrleansShop.Engine.Serialization;

/// <summary>Reads, writes and copies values of one type.</summary>
public abstract class Codec
{
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
}

/// <summary>Reads, writes and copies values of type <typeparamref name="T"/>, or of a type derived from it.</summary>
/// <typeparam name="T">The declared type.</typeparam>
public abstract class Codec<T> : Codec
{
    /// <inheritdoc/>
    public sealed override Type ValueType => typeof(T);

    /// <summary>Writes the tag and the value of one field.</summary>
    public abstract void WriteField(PayloadWriter writer, uint idDelta, T value);

    /// <summary>Reads the value of a field whose <paramref name="tag"/> was just read.</summary>
    /// <exception cref="PayloadException">The bytes are not a value of this type.</exception>
    public abstract T ReadField(PayloadReader reader, FieldTag tag);

    /// <summary>Returns a value that shares nothing mutable with <paramref name="value"/>.</summary>
    public abstract T Copy(T value, CopyContext context);
}

/// <summary>Finds the codec of a type.</summary>
public interface ICodecProvider
{
    /// <summary>Returns the codec of <typeparamref name="T"/>.</summary>
    /// <exception cref="PayloadException">No codec is known; the message names the type.</exception>
    Codec<T> Get<T>();

    /// <summary>
    /// Returns the codec that writes the members that <typeparamref name="T"/> itself declares, for the codec of a class derived from it.
    /// Known for classes with a generated codec and for <see cref="Exception"/> (message, stack trace, inner exception, HResult).
    /// </summary>
    /// <exception cref="PayloadException">No such codec is known; the message names the type.</exception>
    ObjectCodec<T> GetLevel<T>()
        where T : class;
}
