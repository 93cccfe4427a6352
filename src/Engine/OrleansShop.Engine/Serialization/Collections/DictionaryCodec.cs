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

    /// <summary>Counts the keys that collide, of dictionaries that hash.</summary>
    protected virtual void LookForCollisions(PayloadReader reader, TDictionary dictionary, ref KeyCollisions collisions)
    {
    }

    /// <summary>Called before a pair is set.</summary>
    protected virtual void BeforeSet(PayloadReader reader, TDictionary dictionary, TKey key)
    {
    }

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
        var collisions = default(KeyCollisions);
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
                    if (collisions.IsLookDue()) LookForCollisions(reader, dictionary, ref collisions);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        // An empty one is small in the payload and large here: it has to say that it is empty.
        return dictionary ?? throw reader.Fault($"a {typeof(TDictionary)} does not say how many elements it has");
    }

    protected override TDictionary CopyBody(TDictionary value, CopyContext context)
    {
        var copy = Create(ComparerKinds.Of(Comparer(value)), value.Count);
        context.Record(value, copy);
        foreach (var (key, element) in value) copy.Add(_keys.Copy(key, context), _values.Copy(element, context));
        return copy;
    }

    private void Set(PayloadReader reader, TDictionary dictionary, TKey key, TValue value)
    {
        try
        {
            BeforeSet(reader, dictionary, key);

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

    protected override void LookForCollisions(PayloadReader reader, Dictionary<TKey, TValue> dictionary, ref KeyCollisions collisions) =>
        collisions.Look(reader, dictionary.Keys, dictionary.Count, dictionary.Capacity, dictionary.Comparer);

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

    // Keys arrive in order. One that does not belong at the end moves all behind it, and moving is some sixteen times as fast as comparing.
    protected override void BeforeSet(PayloadReader reader, SortedList<TKey, TValue> dictionary, TKey key)
    {
        if (dictionary.Count > 0 && dictionary.Comparer.Compare(dictionary.GetKeyAtIndex(dictionary.Count - 1), key) > 0)
        {
            reader.ChargeComparisons(dictionary.Count / 16);
        }
    }
}

internal sealed class OrderedDictionaryCodec<TKey, TValue> : DictionaryCodec<OrderedDictionary<TKey, TValue>, TKey, TValue>
    where TKey : notnull
{
    protected override OrderedDictionary<TKey, TValue> Create(ComparerKind comparer, int capacity) => new(capacity, ComparerKinds.Equality<TKey>(comparer));

    protected override object Comparer(OrderedDictionary<TKey, TValue> dictionary) => dictionary.Comparer;

    protected override void LookForCollisions(PayloadReader reader, OrderedDictionary<TKey, TValue> dictionary, ref KeyCollisions collisions) =>
        collisions.Look(reader, dictionary.Keys, dictionary.Count, dictionary.Capacity, dictionary.Comparer);
}

internal sealed class ConcurrentDictionaryCodec<TKey, TValue> : DictionaryCodec<ConcurrentDictionary<TKey, TValue>, TKey, TValue>
    where TKey : notnull
{
    protected override ConcurrentDictionary<TKey, TValue> Create(ComparerKind comparer, int capacity) => new(ComparerKinds.Equality<TKey>(comparer));

    protected override object Comparer(ConcurrentDictionary<TKey, TValue> dictionary) => dictionary.Comparer;

    // It keeps the number of its buckets to itself, and has more made when one of its locks guards too many keys. That leaves keys of one hash.
    protected override void LookForCollisions(PayloadReader reader, ConcurrentDictionary<TKey, TValue> dictionary, ref KeyCollisions collisions)
    {
        var count = dictionary.Count;
        collisions.Look(reader, dictionary.Select(pair => pair.Key), count, 2 * count + 1, dictionary.Comparer);
    }
}
