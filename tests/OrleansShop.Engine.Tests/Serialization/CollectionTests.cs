using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using Xunit;

namespace OrleansShop.Engine.Tests.Serialization;

public sealed class CollectionTests
{
    private static readonly string[] s_words = ["b", "a", "c"];

    public static TheoryData<object> Collections =>
    [
        new[] { 1, -2, 300_000 }, s_words, Array.Empty<byte>(), new byte[] { 1, 2, 255 }, new double[] { 1, double.NaN }, new[] { true, false },
        new int?[] { 1, null }, new decimal[] { 1.5m }, new DateTime[] { new(2026, 1, 1) }, new[] { DayOfWeek.Monday, DayOfWeek.Friday },
        new object?[] { 1, "two", null, 3.0 }, new[] { new[] { 1 }, [2, 3] }, new[,] { { 1, 2, 3 }, { 4, 5, 6 } }, new string[0, 5], new string[2, 1, 1],
        new List<int> { 1, 2 }, new List<string?> { "a", null }, new List<Guid> { new("00112233-4455-6677-8899-aabbccddeeff") },
        new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 }, new Dictionary<int, List<string>> { [1] = ["x"] }, new HashSet<int> { 3, 4 },
        new SortedDictionary<string, int> { ["z"] = 1, ["y"] = 2 }, new SortedList<int, string> { [2] = "b", [1] = "a" }, new SortedSet<int> { 2, 1 },
        new Queue<int>([1, 2, 3]), new Stack<int>([1, 2, 3]), new LinkedList<string>(s_words), new Collection<int> { 1 },
        new ObservableCollection<int> { 1 }, new ReadOnlyCollection<int>([1, 2]), new ConcurrentQueue<int>([1, 2]),
        new ConcurrentDictionary<string, int> { ["a"] = 1 }, new ReadOnlyDictionary<string, int>(new Dictionary<string, int> { ["a"] = 1 }),
        ImmutableArray.Create(1, 2), ImmutableList.Create("a", "b"), ImmutableHashSet.Create(1, 2), ImmutableSortedSet.Create(2, 1),
        ImmutableDictionary<string, int>.Empty.Add("a", 1), ImmutableSortedDictionary<string, int>.Empty.Add("b", 1).Add("a", 2),
        s_words.ToFrozenSet(), new Dictionary<string, int> { ["a"] = 1 }.ToFrozenDictionary(), new[] { 1, 2, 3, 4, 5 }.ToFrozenSet(),
        new KeyValuePair<string, int>("a", 1), (1, "a"), ValueTuple.Create(1), (1, 2, 3, 4, 5, 6, 7, 8, "nine"), Tuple.Create(1, "a"),
        Tuple.Create(1, 2, 3, 4, 5, 6, 7, "eight"), new ArraySegment<int>([1, 2, 3], 1, 2),
        new Dictionary<string, IReadOnlyList<int>> { ["a"] = new List<int> { 1 } }, new List<IReadOnlyDictionary<string, int>> { new Dictionary<string, int> { ["a"] = 1 } },
        new BitArray([true, false, true, true, false, false, false, false, true]), new BitArray(0), new OrderedDictionary<string, int> { ["b"] = 1, ["a"] = 2 },
        new ReadOnlySet<int>(new HashSet<int> { 1, 2 }), new ConcurrentStack<int>([1, 2, 3]), ImmutableQueue.Create(1, 2), ImmutableStack.Create(1, 2),
        ImmutableQueue<string>.Empty, new List<IImmutableList<int>> { ImmutableList.Create(1) },
        new List<ICollection<int>> { new List<int> { 1 } }, new List<ISet<int>> { new HashSet<int> { 1 } }, new List<IDictionary<int, IList<int>>>(),
    ];

    [Theory]
    [MemberData(nameof(Collections), DisableDiscoveryEnumeration = true)]
    public void A_collection_comes_back_with_its_elements_in_order(object collection)
    {
        var read = Serialization.RoundTrip<object>(collection);

        Assert.Equal(collection.GetType(), read!.GetType());
        Assert.Equivalent(collection, read, strict: true);
        if (collection is System.Collections.IEnumerable before) Assert.Equal(before.Cast<object?>(), ((System.Collections.IEnumerable)read).Cast<object?>());
        else Assert.Equal(collection, read);
    }

    [Theory]
    [MemberData(nameof(Collections), DisableDiscoveryEnumeration = true)]
    public void A_copy_of_a_collection_is_equal_to_it(object collection)
    {
        var copy = Serialization.Copy<object>(collection);

        Assert.Equal(collection.GetType(), copy.GetType());
        Assert.Equivalent(collection, copy, strict: true);
    }

    [Fact]
    public void Memory_comes_back_with_its_elements()
    {
        Assert.Equal([1, 2], Serialization.RoundTrip(new Memory<byte>([1, 2])).ToArray());
        Assert.Equal([1, 2], Serialization.RoundTrip(new ReadOnlyMemory<int>([0, 1, 2, 3], 1, 2)).ToArray());
        Assert.True(Serialization.RoundTrip(default(ImmutableArray<int>)).IsDefault);
    }

    [Fact]
    public void A_priority_queue_gives_out_its_elements_in_the_same_order()
    {
        var queue = new PriorityQueue<string, int>([("c", 3), ("a", 1), ("b", 2), ("a again", 1)]);
        var read = Serialization.RoundTrip(queue)!;
        var copy = Serialization.Copy(queue);

        Assert.Equal(4, read.Count);
        while (queue.TryDequeue(out var expected, out _))
        {
            Assert.Equal(expected, read.Dequeue());
            Assert.Equal(expected, copy.Dequeue());
        }
    }

    [Fact]
    public void A_dictionary_keeps_a_comparer_that_ignores_case()
    {
        var read = Serialization.RoundTrip(new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["Key"] = 1 });

        Assert.Equal(1, read!["KEY"]);
        Assert.Equal(1, Serialization.Copy(read)["kEY"]);
    }

    [Fact]
    public void Sets_and_sorted_collections_keep_a_comparer_too()
    {
        Assert.Contains("KEY", Serialization.RoundTrip(new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "key" })!);
        Assert.Contains("KEY", Serialization.RoundTrip(new SortedSet<string>(StringComparer.OrdinalIgnoreCase) { "key" })!);
        Assert.True(Serialization.RoundTrip(ImmutableDictionary.Create<string, int>(StringComparer.OrdinalIgnoreCase).Add("key", 1))!.ContainsKey("KEY"));
        Assert.True(Serialization.RoundTrip(new Dictionary<string, int> { ["key"] = 1 }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase))!.ContainsKey("KEY"));
    }

    [Fact]
    public void A_collection_declared_as_an_interface_keeps_its_class()
    {
        Assert.IsType<int[]>(Serialization.RoundTrip<IReadOnlyList<int>>(new[] { 1 }));
        Assert.IsType<List<int>>(Serialization.RoundTrip<IEnumerable<int>>(new List<int> { 1 }));
        Assert.IsType<HashSet<int>>(Serialization.RoundTrip<ISet<int>>(new HashSet<int> { 1 }));
        Assert.IsType<Dictionary<int, int>>(Serialization.RoundTrip<IReadOnlyDictionary<int, int>>(new Dictionary<int, int> { [1] = 2 }));
    }

    [Fact]
    public void What_a_collection_expression_makes_arrives_as_a_list()
    {
        IReadOnlyList<string> expression = [.. s_words, "d"];

        Assert.Equal(expression, Serialization.RoundTrip(expression));
        Assert.Equal(expression, Serialization.Copy(expression));
    }

    [Fact]
    public void A_query_is_evaluated_and_arrives_as_a_list() =>
        Assert.Equal([2, 4], Serialization.RoundTrip(new[] { 1, 2 }.Select(each => 2 * each))!);

    [Fact]
    public void Very_many_packed_elements_come_back()
    {
        var many = Enumerable.Range(-1_500_000, 3_000_000).ToArray();

        Assert.Equal(many, Serialization.RoundTrip(many)!);
    }

    [Fact]
    public void An_array_of_large_structs_comes_back()
    {
        var large = Enumerable.Range(0, 1000).Select(each => (each, (each, each, each, each), new Guid(each, 0, 0, new byte[8]), 1m)).ToArray();

        Assert.Equal(large, Serialization.RoundTrip(large)!);
    }
}
