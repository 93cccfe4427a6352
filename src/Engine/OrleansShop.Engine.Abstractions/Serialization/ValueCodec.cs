namespace OrleansShop.Engine.Serialization;

/// <summary>The part of a struct's codec that does not depend on its members.</summary>
/// <remarks>Generated codecs derive from it. Hot path: no allocation.</remarks>
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

    /// <inheritdoc/>
    public override void WriteField(PayloadWriter writer, uint idDelta, T value)
    {
        writer.BeginValue(idDelta);
        WriteFields(writer, in value);
        writer.WriteEnd();
    }

    /// <inheritdoc/>
    public override T ReadField(PayloadReader reader, FieldTag tag)
    {
        var value = default(T);
        if (reader.TryBeginValue(tag))
        {
            ReadFields(reader, ref value);
        }

        return value;
    }

    /// <inheritdoc/>
    public override T Copy(T value, CopyContext context)
    {
        if (!IsImmutable) CopyFields(ref value, context);
        return value;
    }
}
