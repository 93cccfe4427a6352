namespace OrleansShop.Engine.Serialization.Collections;

/// <summary>Keys and values as the alternating elements of a dictionary.</summary>
internal static class Pairs
{
    public static void Write<TKey, TValue>(
        PayloadWriter writer, ElementCodec<TKey> keys, ElementCodec<TValue> values, IEnumerable<KeyValuePair<TKey, TValue>> pairs)
    {
        var idDelta = ElementCodec<TKey>.ElementField - ElementCodec<TKey>.CountField;
        foreach (var (key, value) in pairs)
        {
            keys.WriteOne(writer, idDelta, key);
            values.WriteOne(writer, idDelta: 0, value);
            idDelta = 0;
        }
    }

    /// <summary>Reads a key, whose tag was read, and the value after it.</summary>
    public static (TKey Key, TValue Value) Read<TKey, TValue>(PayloadReader reader, FieldTag tag, ElementCodec<TKey> keys, ElementCodec<TValue> values)
    {
        var key = keys.ReadOne(reader, tag);
        if (key is null) throw reader.Fault("a dictionary has a null key");
        var valueTag = reader.ReadTag();
        if (valueTag.IdDelta != 0) throw reader.Fault("a key of a dictionary has no value");
        return (key, values.ReadOne(reader, valueTag));
    }

    /// <summary>Reads all pairs up to the end of a dictionary, and its comparer.</summary>
    public static List<KeyValuePair<TKey, TValue>> ReadAll<TKey, TValue>(
        PayloadReader reader, ElementCodec<TKey> keys, ElementCodec<TValue> values, out ComparerKind comparer)
    {
        var pairs = new List<KeyValuePair<TKey, TValue>>();
        comparer = ComparerKind.Default;
        uint id = 0;
        while (reader.TryReadField(out var tag))
        {
            switch (id += tag.IdDelta)
            {
                case ComparerKinds.Field:
                    comparer = (ComparerKind)reader.ReadByte(tag);
                    break;
                case ElementCodec<TKey>.CountField:
                    pairs.EnsureCapacity(ElementCodec<KeyValuePair<TKey, TValue>>.Presize(reader.ReadCount(tag)));
                    break;
                case ElementCodec<TKey>.ElementField:
                    var (key, value) = Read(reader, tag, keys, values);
                    pairs.Add(new KeyValuePair<TKey, TValue>(key, value));
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return pairs;
    }
}
