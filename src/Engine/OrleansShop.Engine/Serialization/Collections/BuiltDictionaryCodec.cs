using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using OrleansShop.Engine.Serialization.Objects;

namespace OrleansShop.Engine.Serialization.Collections;

/// <summary>Dictionaries that are made from all their pairs at once and never change after that.</summary>
internal abstract class BuiltDictionaryCodec<TDictionary, TKey, TValue> : InstanceCodec<TDictionary>
    where TDictionary : class, IReadOnlyDictionary<TKey, TValue>
    where TKey : notnull
{
    private ElementCodec<TKey> _keys = null!;
    private ElementCodec<TValue> _values = null!;

    /// <summary>Whether nothing can change the dictionary, not even through what it was made from.</summary>
    protected virtual bool NeverChanges => true;

    public sealed override bool IsImmutable => NeverChanges && _keys.Shares && _values.Shares;

    protected abstract TDictionary Build(List<KeyValuePair<TKey, TValue>> pairs, ComparerKind comparer);

    protected virtual object? Comparer(TDictionary dictionary) => null;

    /// <summary>Whether building compares hashes.</summary>
    protected virtual bool Hashes => true;

    public override void Resolve(ICodecProvider codecs)
    {
        _keys = new ElementCodec<TKey>(codecs);
        _values = new ElementCodec<TValue>(codecs);
    }

    protected override void WriteBody(PayloadWriter writer, TDictionary value)
    {
        ComparerKinds.Write(writer, Comparer(value));
        writer.WriteUInt32(ElementCodec<TKey>.CountField, (uint)value.Count);
        Pairs.Write(writer, _keys, _values, value);
    }

    protected override TDictionary ReadBody(PayloadReader reader, int slot)
    {
        var pairs = Pairs.ReadAll(reader, _keys, _values, out var comparer);
        if (Hashes) KeyCollisions.LookAt(reader, [.. pairs.Select(pair => pair.Key)], ComparerKinds.Equality<TKey>(comparer));
        try
        {
            return Build(pairs, comparer);
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException)
        {
            throw new PayloadException(reader.Position, $"the pairs do not make a {typeof(TDictionary)}. {fault.Message}", fault);
        }
    }

    protected override TDictionary CopyBody(TDictionary value, CopyContext context)
    {
        var pairs = new List<KeyValuePair<TKey, TValue>>(value.Count);
        foreach (var (key, element) in value) pairs.Add(new(_keys.Copy(key, context), _values.Copy(element, context)));
        var copy = Build(pairs, ComparerKinds.Of(Comparer(value)));
        context.Record(value, copy);
        return copy;
    }
}

internal sealed class ImmutableDictionaryCodec<TKey, TValue> : BuiltDictionaryCodec<ImmutableDictionary<TKey, TValue>, TKey, TValue>
    where TKey : notnull
{
    protected override ImmutableDictionary<TKey, TValue> Build(List<KeyValuePair<TKey, TValue>> pairs, ComparerKind comparer) =>
        ImmutableDictionary.CreateRange(ComparerKinds.Equality<TKey>(comparer), pairs);

    protected override object Comparer(ImmutableDictionary<TKey, TValue> dictionary) => dictionary.KeyComparer;
}

internal sealed class ImmutableSortedDictionaryCodec<TKey, TValue> : BuiltDictionaryCodec<ImmutableSortedDictionary<TKey, TValue>, TKey, TValue>
    where TKey : notnull
{
    protected override bool Hashes => false;

    protected override ImmutableSortedDictionary<TKey, TValue> Build(List<KeyValuePair<TKey, TValue>> pairs, ComparerKind comparer) =>
        ImmutableSortedDictionary.CreateRange(ComparerKinds.Order<TKey>(comparer), pairs);

    protected override object Comparer(ImmutableSortedDictionary<TKey, TValue> dictionary) => dictionary.KeyComparer;
}

internal sealed class FrozenDictionaryCodec<TKey, TValue> : BuiltDictionaryCodec<FrozenDictionary<TKey, TValue>, TKey, TValue>
    where TKey : notnull
{
    // What is at hand is always a class of its own, chosen for the keys.
    public override bool TakesDerived => true;

    protected override FrozenDictionary<TKey, TValue> Build(List<KeyValuePair<TKey, TValue>> pairs, ComparerKind comparer) =>
        pairs.ToFrozenDictionary(ComparerKinds.Equality<TKey>(comparer));

    protected override object Comparer(FrozenDictionary<TKey, TValue> dictionary) => dictionary.Comparer;
}

internal sealed class ReadOnlyDictionaryCodec<TKey, TValue> : BuiltDictionaryCodec<ReadOnlyDictionary<TKey, TValue>, TKey, TValue>
    where TKey : notnull
{
    protected override bool NeverChanges => false;

    protected override ReadOnlyDictionary<TKey, TValue> Build(List<KeyValuePair<TKey, TValue>> pairs, ComparerKind comparer) =>
        new(new Dictionary<TKey, TValue>(pairs));
}
