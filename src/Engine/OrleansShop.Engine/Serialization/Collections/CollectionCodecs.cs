using System.Collections.Concurrent;
using System.Collections.ObjectModel;

namespace OrleansShop.Engine.Serialization.Collections;

internal sealed class HashSetCodec<T> : CollectionCodec<HashSet<T>, T>
{
    protected override HashSet<T> Create(ComparerKind comparer, int capacity) => new(capacity, ComparerKinds.Equality<T>(comparer));

    protected override int Count(HashSet<T> collection) => collection.Count;

    protected override void Add(HashSet<T> collection, T element) => collection.Add(element);

    protected override object Comparer(HashSet<T> collection) => collection.Comparer;

    protected override void LookForCollisions(PayloadReader reader, HashSet<T> collection, ref KeyCollisions collisions) =>
        collisions.Look(reader, collection, collection.Count, collection.Capacity, collection.Comparer);
}

internal sealed class SortedSetCodec<T> : CollectionCodec<SortedSet<T>, T>
{
    protected override SortedSet<T> Create(ComparerKind comparer, int capacity) => new(ComparerKinds.Order<T>(comparer));

    protected override int Count(SortedSet<T> collection) => collection.Count;

    protected override void Add(SortedSet<T> collection, T element) => collection.Add(element);

    protected override object Comparer(SortedSet<T> collection) => collection.Comparer;
}

internal sealed class QueueCodec<T> : CollectionCodec<Queue<T>, T>
{
    protected override Queue<T> Create(ComparerKind comparer, int capacity) => new(capacity);

    protected override int Count(Queue<T> collection) => collection.Count;

    protected override void Add(Queue<T> collection, T element) => collection.Enqueue(element);
}

internal sealed class StackCodec<T> : CollectionCodec<Stack<T>, T>
{
    protected override Stack<T> Create(ComparerKind comparer, int capacity) => new(capacity);

    protected override int Count(Stack<T> collection) => collection.Count;

    protected override void Add(Stack<T> collection, T element) => collection.Push(element);

    // A stack enumerates from its top.
    protected override IEnumerable<T> InOrder(Stack<T> collection) => collection.Reverse();
}

internal sealed class LinkedListCodec<T> : CollectionCodec<LinkedList<T>, T>
{
    protected override LinkedList<T> Create(ComparerKind comparer, int capacity) => new();

    protected override int Count(LinkedList<T> collection) => collection.Count;

    protected override void Add(LinkedList<T> collection, T element) => collection.AddLast(element);
}

internal sealed class ObservableCollectionCodec<T> : CollectionCodec<ObservableCollection<T>, T>
{
    protected override ObservableCollection<T> Create(ComparerKind comparer, int capacity) => [];

    protected override int Count(ObservableCollection<T> collection) => collection.Count;

    protected override void Add(ObservableCollection<T> collection, T element) => collection.Add(element);
}

internal sealed class PlainCollectionCodec<T> : CollectionCodec<Collection<T>, T>
{
    protected override Collection<T> Create(ComparerKind comparer, int capacity) => [];

    protected override int Count(Collection<T> collection) => collection.Count;

    protected override void Add(Collection<T> collection, T element) => collection.Add(element);
}

internal sealed class ConcurrentQueueCodec<T> : CollectionCodec<ConcurrentQueue<T>, T>
{
    protected override ConcurrentQueue<T> Create(ComparerKind comparer, int capacity) => new();

    protected override int Count(ConcurrentQueue<T> collection) => collection.Count;

    protected override void Add(ConcurrentQueue<T> collection, T element) => collection.Enqueue(element);
}

internal sealed class ConcurrentStackCodec<T> : CollectionCodec<ConcurrentStack<T>, T>
{
    protected override ConcurrentStack<T> Create(ComparerKind comparer, int capacity) => new();

    protected override int Count(ConcurrentStack<T> collection) => collection.Count;

    protected override void Add(ConcurrentStack<T> collection, T element) => collection.Push(element);

    // A stack enumerates from its top.
    protected override IEnumerable<T> InOrder(ConcurrentStack<T> collection) => collection.Reverse();
}
