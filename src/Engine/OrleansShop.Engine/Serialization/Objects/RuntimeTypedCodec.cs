namespace OrleansShop.Engine.Serialization.Objects;

/// <summary>
/// Fields whose declared type says nothing about how their values are laid out: <see cref="object"/>, interfaces, abstract classes
/// without members of their own to write. The runtime type stands in front of each value.
/// </summary>
internal sealed class RuntimeTypedCodec<T> : Codec<T?>
    where T : class
{
    public override void WriteField(PayloadWriter writer, uint idDelta, T? value) => writer.WriteRuntimeTyped(idDelta, value);

    public override T? ReadField(PayloadReader reader, FieldTag tag) => reader.ReadRuntimeTyped<T>(tag);

    public override T? Copy(T? value, CopyContext context) => (T?)context.CopyRuntimeTyped(value);
}

/// <summary>An object of the class <see cref="object"/> itself, which has an identity and nothing else.</summary>
internal sealed class BareObjectCodec : InstanceCodec<object>
{
    protected override void WriteBody(PayloadWriter writer, object value)
    {
    }

    protected override object ReadBody(PayloadReader reader, int slot)
    {
        var bare = new object();
        reader.SetObject(slot, bare);
        while (reader.TryReadField(out var tag)) reader.Skip(tag);
        return bare;
    }

    protected override object CopyBody(object value, CopyContext context)
    {
        var copy = new object();
        context.Record(value, copy);
        return copy;
    }
}
