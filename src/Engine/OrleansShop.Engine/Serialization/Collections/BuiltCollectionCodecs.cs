using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;

namespace OrleansShop.Engine.Serialization.Collections;

internal sealed class ImmutableListCodec<T> : BuiltCollectionCodec<ImmutableList<T>, T>
{
    protected override ImmutableList<T> Build(T[] elements, ComparerKind comparer) => ImmutableList.Create(elements);
}

internal sealed class ImmutableHashSetCodec<T> : BuiltCollectionCodec<ImmutableHashSet<T>, T>
{
    protected override ImmutableHashSet<T> Build(T[] elements, ComparerKind comparer) => ImmutableHashSet.Create(ComparerKinds.Equality<T>(comparer), elements);

    protected override bool Hashes => true;

    protected override object Comparer(ImmutableHashSet<T> collection) => collection.KeyComparer;
}

internal sealed class ImmutableSortedSetCodec<T> : BuiltCollectionCodec<ImmutableSortedSet<T>, T>
{
    protected override ImmutableSortedSet<T> Build(T[] elements, ComparerKind comparer) => ImmutableSortedSet.Create(ComparerKinds.Order<T>(comparer), elements);

    protected override object Comparer(ImmutableSortedSet<T> collection) => collection.KeyComparer;
}

internal sealed class FrozenSetCodec<T> : BuiltCollectionCodec<FrozenSet<T>, T>
{
    // What is at hand is always a class of its own, chosen for the elements.
    public override bool TakesDerived => true;

    protected override FrozenSet<T> Build(T[] elements, ComparerKind comparer) => elements.ToFrozenSet(ComparerKinds.Equality<T>(comparer));

    protected override bool Hashes => true;

    protected override object Comparer(FrozenSet<T> collection) => collection.Comparer;
}

internal sealed class ReadOnlyCollectionCodec<T> : BuiltCollectionCodec<ReadOnlyCollection<T>, T>
{
    protected override bool NeverChanges => false;

    protected override ReadOnlyCollection<T> Build(T[] elements, ComparerKind comparer) => new(elements);
}

internal sealed class ReadOnlySetCodec<T> : BuiltCollectionCodec<ReadOnlySet<T>, T>
{
    protected override bool NeverChanges => false;

    protected override bool Hashes => true;

    protected override ReadOnlySet<T> Build(T[] elements, ComparerKind comparer) => new(new HashSet<T>(elements));
}

internal sealed class ImmutableQueueCodec<T> : BuiltCollectionCodec<ImmutableQueue<T>, T>
{
    protected override int Count(ImmutableQueue<T> collection) => collection.Count();

    protected override ImmutableQueue<T> Build(T[] elements, ComparerKind comparer) => ImmutableQueue.Create(elements);
}

internal sealed class ImmutableStackCodec<T> : BuiltCollectionCodec<ImmutableStack<T>, T>
{
    protected override int Count(ImmutableStack<T> collection) => collection.Count();

    // A stack enumerates from its top, and is built from its bottom.
    protected override ImmutableStack<T> Build(T[] elements, ComparerKind comparer) => ImmutableStack.Create([.. elements.Reverse()]);
}
