using System.Collections.Concurrent;
using OrleansShop.Engine.Serialization.Objects;

namespace OrleansShop.Engine.Serialization.Collections;

/// <summary>Dictionaries that are created empty and filled. Keys and values alternate as elements.</summary>
internal abstract class DictionaryCodec<TDictionary, TKey, TValue> : InstanceCodec<TDictionary>
    where TDictionary : class, IDictionary<TKey, TValue>
    where TKey : notnull
{
    private ElementCodec<TKey> _keys = null!;
    private ElementCodec<TValue> _values = null!;

    protected abstract TDictionary Create(ComparerKind comparer, int capacity);

    protected abstract object Comparer(TDictionary dictionary);

    public override void Resolve(ICodecProvider codecs)
    {
        _keys = new ElementCodec<TKey>(codecs);
        _values = new ElementCodec<TValue>(codecs);
    }

    protected override void WriteBody(PayloadWriter writer, TDictionary value)
    {
        ComparerKinds.Write(writer, Comparer(value));
        writer.WriteUInt32(ElementCodec<TKey>.CountField, (uint)value.Count);
        WritePairs(writer, value, _keys, _values);
    }

    /// <summary>Writes the pairs. To be overridden where a more special enumerator costs no allocation.</summary>
    protected virtual void WritePairs(PayloadWriter writer, TDictionary dictionary, ElementCodec<TKey> keys, ElementCodec<TValue> values) =>
        Pairs.Write(writer, keys, values, dictionary);

    protected override TDictionary ReadBody(PayloadReader reader, int slot)
    {
        TDictionary? dictionary = null;
        var comparer = ComparerKind.Default;
        uint id = 0;
        while (reader.TryReadField(out var tag))
        {
            switch (id += tag.IdDelta)
            {
                case ComparerKinds.Field when dictionary is null:
                    comparer = (ComparerKind)reader.ReadByte(tag);
                    break;
                case ElementCodec<TKey>.CountField when dictionary is null:
                    reader.SetObject(slot, dictionary = Create(comparer, ElementCodec<KeyValuePair<TKey, TValue>>.Presize(reader.ReadCount(tag))));
                    break;
                case ElementCodec<TKey>.ElementField when dictionary is not null:
                    var (key, value) = Pairs.Read(reader, tag, _keys, _values);
                    Set(reader, dictionary, key, value);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return dictionary ?? Create(comparer, capacity: 0);
    }

    protected override TDictionary CopyBody(TDictionary value, CopyContext context)
    {
        var copy = Create(ComparerKinds.Of(Comparer(value)), value.Count);
        context.Record(value, copy);
        foreach (var (key, element) in value) copy.Add(_keys.Copy(key, context), _values.Copy(element, context));
        return copy;
    }

    private static void Set(PayloadReader reader, TDictionary dictionary, TKey key, TValue value)
    {
        try
        {
            // Setting, not adding: the writer's comparer may have told keys apart that ours does not.
            dictionary[key] = value;
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException)
        {
            throw new PayloadException(reader.Position, $"a key cannot be added to a {typeof(TDictionary)}. {fault.Message}", fault);
        }
    }
}

internal sealed class HashDictionaryCodec<TKey, TValue> : DictionaryCodec<Dictionary<TKey, TValue>, TKey, TValue>
    where TKey : notnull
{
    protected override Dictionary<TKey, TValue> Create(ComparerKind comparer, int capacity) => new(capacity, ComparerKinds.Equality<TKey>(comparer));

    protected override object Comparer(Dictionary<TKey, TValue> dictionary) => dictionary.Comparer;

    protected override void WritePairs(
        PayloadWriter writer, Dictionary<TKey, TValue> dictionary, ElementCodec<TKey> keys, ElementCodec<TValue> values)
    {
        var idDelta = ElementCodec<TKey>.ElementField - ElementCodec<TKey>.CountField;
        foreach (var (key, value) in dictionary)
        {
            keys.WriteOne(writer, idDelta, key);
            values.WriteOne(writer, idDelta: 0, value);
            idDelta = 0;
        }
    }
}

internal sealed class SortedDictionaryCodec<TKey, TValue> : DictionaryCodec<SortedDictionary<TKey, TValue>, TKey, TValue>
    where TKey : notnull
{
    protected override SortedDictionary<TKey, TValue> Create(ComparerKind comparer, int capacity) => new(ComparerKinds.Order<TKey>(comparer));

    protected override object Comparer(SortedDictionary<TKey, TValue> dictionary) => dictionary.Comparer;
}

internal sealed class SortedListCodec<TKey, TValue> : DictionaryCodec<SortedList<TKey, TValue>, TKey, TValue>
    where TKey : notnull
{
    protected override SortedList<TKey, TValue> Create(ComparerKind comparer, int capacity) => new(capacity, ComparerKinds.Order<TKey>(comparer));

    protected override object Comparer(SortedList<TKey, TValue> dictionary) => dictionary.Comparer;
}

internal sealed class ConcurrentDictionaryCodec<TKey, TValue> : DictionaryCodec<ConcurrentDictionary<TKey, TValue>, TKey, TValue>
    where TKey : notnull
{
    protected override ConcurrentDictionary<TKey, TValue> Create(ComparerKind comparer, int capacity) => new(ComparerKinds.Equality<TKey>(comparer));

    protected override object Comparer(ConcurrentDictionary<TKey, TValue> dictionary) => dictionary.Comparer;
}
