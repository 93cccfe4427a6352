namespace OrleansShop.Engine.Serialization.Objects;

internal sealed class KeyValuePairCodec<TKey, TValue> : ValueCodec<KeyValuePair<TKey, TValue>>
{
    private Codec<TKey> _key = null!;
    private Codec<TValue> _value = null!;

    public override bool IsImmutable => _key.SharesEveryValue && _value.SharesEveryValue;

    public override void Resolve(ICodecProvider codecs)
    {
        _key = codecs.Get<TKey>();
        _value = codecs.Get<TValue>();
    }

    public override void WriteFields(PayloadWriter writer, in KeyValuePair<TKey, TValue> value)
    {
        _key.WriteField(writer, 1, value.Key);
        _value.WriteField(writer, 1, value.Value);
    }

    public override void ReadFields(PayloadReader reader, ref KeyValuePair<TKey, TValue> value)
    {
        var (key, element) = value;
        for (uint id = 0; reader.TryReadField(out var tag);)
        {
            switch (id += tag.IdDelta)
            {
                case 1: key = _key.ReadField(reader, tag); break;
                case 2: element = _value.ReadField(reader, tag); break;
                default: reader.Skip(tag); break;
            }
        }

        value = new KeyValuePair<TKey, TValue>(key, element);
    }

    public override void CopyFields(ref KeyValuePair<TKey, TValue> value, CopyContext context) =>
        value = new KeyValuePair<TKey, TValue>(_key.Copy(value.Key, context), _value.Copy(value.Value, context));
}
