namespace OrleansShop.Engine.Serialization.Objects;

/// <summary>A value or null, written like the value, so that a member can change from one to the other.</summary>
internal sealed class NullableCodec<T> : Codec<T?>
    where T : struct
{
    private Codec<T> _value = null!;

    public override bool IsImmutable => _value.IsImmutable;

    public override void Resolve(ICodecProvider codecs) => _value = codecs.Get<T>();

    public override void WriteField(PayloadWriter writer, uint idDelta, T? value)
    {
        if (value is { } some) _value.WriteField(writer, idDelta, some);
        else writer.WriteNull(idDelta);
    }

    public override T? ReadField(PayloadReader reader, FieldTag tag) => reader.TryReadNull(tag) ? null : _value.ReadField(reader, tag);

    public override T? Copy(T? value, CopyContext context) => value is { } some ? _value.Copy(some, context) : null;
}
