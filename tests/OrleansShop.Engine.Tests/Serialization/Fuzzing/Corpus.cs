using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Net;
using System.Numerics;
using Orleans.Concurrency;
using OrleansShop.Engine.Tests.Serialization.Generated;

namespace OrleansShop.Engine.Tests.Serialization.Fuzzing;

/// <summary>Values of all shapes that the serializer knows, to be damaged.</summary>
internal static class Corpus
{
    private static readonly int[] s_numbers = [3, 1, 2, 300, -5];

    /// <summary>The values, each to be written where any object can stand.</summary>
    /// <param name="references">References to grains and observers.</param>
    public static object[] Values(params object[] references) =>
    [
        .. references,
        new Everything
        {
            Colour = Colour.Green, Count = 3, Weight = new Weight(1, "kg"), Visits = new() { ["a"] = [new Visit(1, default, "x")] }, Bytes = [1, 2],
            Any = new GuideDog { Owner = new Node() }, Far = 1, Farther = 2, Fixed = new Immutable<List<int>>([1]),
        },
        new Old { Removed = new Node { Next = new Node { Children = [new Node()] } }, RemovedToo = new Dog(), Numbers = [1, 2] },
        Cycle(), new Kennel { First = new Dog { Breed = "b" }, All = [new GuideDog { Owner = Cycle() }] },
        new InvalidOperationException("outer", new NotSupportedException("inner")), new AggregateException(new TimeoutException("t"), new IOException("i")),
        new OrderFailedException("failed", 7, new KeyNotFoundException()), new InvalidDataException("plain"),
        new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase) { ["k"] = new[,] { { 1, 2 }, { 3, 4 } }, ["l"] = new int[2, 0, 3] },
        new SortedDictionary<int, string> { [2] = "b" }, new SortedList<Guid, int> { [Guid.Empty] = 1 }, new SortedSet<string> { "b", "a" },
        new HashSet<(int, string)> { (1, "a"), (2, "b") }, new Queue<double>([1.5, 2]), new Stack<string>(["x"]), new LinkedList<long>([1, 2]),
        new Collection<int> { 1 }, new ObservableCollection<string> { "o" }, new ReadOnlyCollection<int>(s_numbers),
        new ReadOnlyDictionary<int, int>(new Dictionary<int, int> { [1] = 2 }), new ReadOnlySet<int>(new HashSet<int> { 1 }),
        new ConcurrentDictionary<string, int> { ["c"] = 1 }, new ConcurrentQueue<int>(s_numbers), new ConcurrentStack<int>(s_numbers),
        new OrderedDictionary<string, int> { ["o"] = 1 }, new PriorityQueue<string, int>([("a", 2), ("b", 1)]),
        ImmutableArray.Create(1.5m), ImmutableList.Create("a"), ImmutableHashSet.Create(1, 2), ImmutableSortedSet.Create(2, 1),
        ImmutableDictionary<string, int>.Empty.Add("a", 1), ImmutableSortedDictionary<int, int>.Empty.Add(1, 1), ImmutableQueue.Create(1), ImmutableStack.Create("s"),
        s_numbers.ToFrozenSet(), new Dictionary<string, int> { ["f"] = 1 }.ToFrozenDictionary(), new BitArray(s_numbers), s_numbers, new List<int>(s_numbers),
        new[] { true, false }, new List<Guid> { Guid.Empty }, new string?[] { "a", null }, new List<object?> { 1, null, "x" }, new decimal[] { 1.5m },
        new ArraySegment<byte>([1, 2, 3], 1, 1), new ReadOnlyMemory<byte>([1, 2]), KeyValuePair.Create("k", new Node()), (1, "two", new Node()),
        Tuple.Create(1, "a", new Dog()), Tuple.Create(1, 2, 3, 4, 5, 6, 7, "eight"), (1, 2, 3, 4, 5, 6, 7, 8, 9), new int?[] { 1, null },
        new Uri("https://example.org/?q=1"), new Version(1, 2, 3), CultureInfo.InvariantCulture, typeof(List<Node>), IPAddress.Parse("fe80::1%3"),
        new IPEndPoint(IPAddress.Loopback, 80), IPNetwork.Parse("10.0.0.0/8"), BigInteger.Pow(7, 90), new Complex(1, 2), 1..^1, Int128.MaxValue, (Half)1.5,
        new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(1)), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Local), new DateOnly(2026, 1, 1),
        TimeSpan.FromDays(-1), 1.25m, Guid.Empty, "a text that is not ASCII: Zoë 🐈", new string('x', 300), 'c', DayOfWeek.Friday,
        GrainId.Create("owner", "7"), SiloAddress.New(IPAddress.Loopback, 1, 2), new object(), new Money(12, "EUR"), new Box<int>(1),
        new PositionalAndMore(1) { Text = "t" }, new Ring("ring", 1, 2), new ClosedDerived { Value = [1], Own = "o" }, new Sparse(), new Puppy { Mother = new Generated.Dog() },
    ];

    private static Node Cycle()
    {
        var node = new Node { Name = "cycle" };
        node.Next = new Node { Next = node, Any = node, Children = [node] };
        return node;
    }
}
