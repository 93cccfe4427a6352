namespace OrleansShop.Engine.Serialization.Values;

/// <summary>A codec of immutable values that are written as bytes or as text.</summary>
internal abstract class BytesValueCodec<T> : SharedValueCodec<T>, Lookup.ITakesDerived
{
    // Some of the types have private classes behind them, such as read-only addresses.
    public bool TakesDerived => true;

    /// <summary>Writes the value's bytes as one field.</summary>
    protected abstract void Write(PayloadWriter writer, uint idDelta, T value);

    /// <summary>Makes the value from the bytes. Whatever is thrown becomes a <see cref="PayloadException"/>.</summary>
    protected abstract T Parse(ReadOnlySpan<byte> bytes);

    public sealed override void WriteField(PayloadWriter writer, uint idDelta, T value)
    {
        if (value is null) writer.WriteNull(idDelta);
        else Write(writer, idDelta, value);
    }

    public sealed override T ReadField(PayloadReader reader, FieldTag tag)
    {
        if (reader.TryReadNull(tag)) return default!;
        var bytes = reader.ReadBytes(tag);
        try
        {
            return Parse(bytes);
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or OverflowException)
        {
            throw new PayloadException(reader.Position, $"{bytes.Length} bytes are not a {typeof(T)}. {fault.Message}", fault);
        }
    }
}
