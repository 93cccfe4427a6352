using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using OrleansShop.Engine.Serialization;
using Xunit;

namespace OrleansShop.Engine.Tests.Serialization;

/// <summary>A key whose hash is its number, as with integers, and which counts how often it is compared.</summary>
[GenerateSerializer]
public readonly struct CountedKey(long number) : IEquatable<CountedKey>
{
    [ThreadStatic]
    private static long t_comparisons;

    [Id(0)] private readonly long _number = number;

    public static long Comparisons { get => t_comparisons; set => t_comparisons = value; }

    public bool Equals(CountedKey other)
    {
        t_comparisons++;
        return _number == other._number;
    }

    public override bool Equals(object? obj) => obj is CountedKey other && Equals(other);

    public override int GetHashCode() => _number.GetHashCode();

    public static bool operator ==(CountedKey left, CountedKey right) => left.Equals(right);

    public static bool operator !=(CountedKey left, CountedKey right) => !left.Equals(right);
}

/// <summary>Keys in a payload cannot make a hash table compare each with each.</summary>
public sealed class KeyCollisionTests
{
    private const int Keys = 40_000;

    // Four times what is allowed, because a table is looked at each time its size has doubled, and what tables too small to be looked at may cost.
    private const long MostComparisons = 4 * 250_000;
    private const long MostComparisonsPerByte = 4 * 16 + 22;

    public static TheoryData<string, Func<IEnumerable<CountedKey>, object>> Tables => new()
    {
        { "HashSet", keys => keys.ToHashSet() },
        { "Dictionary", keys => keys.ToDictionary(key => key, _ => 1) },
        { "OrderedDictionary", keys => new OrderedDictionary<CountedKey, int>(Pairs(keys)) },
        { "ConcurrentDictionary", keys => new ConcurrentDictionary<CountedKey, int>(Pairs(keys)) },
        { "ReadOnlySet", keys => new ReadOnlySet<CountedKey>(keys.ToHashSet()) },
        { "ReadOnlyDictionary", keys => new ReadOnlyDictionary<CountedKey, int>(keys.ToDictionary(key => key, _ => 1)) },
        { "ImmutableHashSet", keys => keys.ToImmutableHashSet() },
        { "ImmutableDictionary", keys => keys.ToImmutableDictionary(key => key, _ => 1) },
        { "FrozenSet", keys => keys.ToFrozenSet() },
        { "FrozenDictionary", keys => keys.ToFrozenDictionary(key => key, _ => 1) },
    };

    [Theory]
    [MemberData(nameof(Tables), DisableDiscoveryEnumeration = true)]
    public void Keys_of_one_hash_are_refused_before_they_cost_much(string name, Func<IEnumerable<CountedKey>, object> table)
    {
        // The hash of a long is its upper half against its lower one: all of these have the hash 0. Written as a few, read as many.
        var bytes = Splice(table, Enumerable.Range(1, Keys).Select(each => new CountedKey((long)each << 32 | (uint)each)));

        Assert.True(Read(bytes) is PayloadException fault && fault.Message.Contains(nameof(PayloadLimits.MaxKeyComparisons), StringComparison.Ordinal), name);
        Assert.InRange(CountedKey.Comparisons, 0, MostComparisons + MostComparisonsPerByte * bytes.Length);
    }

    [Theory]
    [MemberData(nameof(Tables), DisableDiscoveryEnumeration = true)]
    public void Keys_of_one_bucket_are_refused_before_they_cost_much(string name, Func<IEnumerable<CountedKey>, object> table)
    {
        // Keys that are multiples of a number of buckets that a table may have: for the one that it has when it is full, all are in one bucket.
        // Comparing hashes only is not counted, so it is the refusal that matters.
        var refused = 0;
        foreach (var buckets in BucketCounts(Keys, 3 * Keys))
        {
            var bytes = Splice(table, Enumerable.Range(1, Keys).Select(each => new CountedKey((long)each * buckets)));
            if (Read(bytes) is PayloadException) refused++;
        }

        // Immutable tables are trees, without buckets; a concurrent one gets more buckets when its keys are spread badly.
        if (!name.StartsWith("Immutable", StringComparison.Ordinal) && name != "ConcurrentDictionary") Assert.True(refused > 0, name);
    }

    [Theory]
    [MemberData(nameof(Tables), DisableDiscoveryEnumeration = true)]
    public void Keys_that_are_numbered_or_spread_are_read(string name, Func<IEnumerable<CountedKey>, object> table)
    {
        var random = new Random(1);
        Assert.True(Read(Write(table(Enumerable.Range(1, Keys).Select(each => new CountedKey(each))))) is null, name);
        Assert.True(Read(Write(table(Enumerable.Range(1, Keys).Select(_ => new CountedKey(random.NextInt64()))))) is null, name);
    }

    [Fact]
    public void A_sorted_list_in_the_wrong_order_is_refused_before_it_costs_much()
    {
        var inOrder = new SortedList<int, int>(Enumerable.Range(0, 60_000).ToDictionary(each => each));
        var reversed = new Dictionary<int, int>(Enumerable.Range(0, 60_000).Reverse().Select(each => KeyValuePair.Create(each, each)));

        Assert.Equal(60_000, Serialization.RoundTrip(inOrder)!.Count);
        Assert.Throws<PayloadException>(() => Serialization.Reread<Dictionary<int, int>, SortedList<int, int>>(reversed));
    }

    [Fact]
    public void An_application_with_a_poor_hash_can_raise_the_limit()
    {
        var keys = Enumerable.Range(1, 2000).Select(each => new CountedKey((long)each << 32 | (uint)each)).ToHashSet();
        using var services = new ServiceCollection().AddSingleton(new PayloadLimits { MaxKeyComparisons = 10_000_000 }).AddSerializer().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();

        Assert.Equal(2000, serializer.Deserialize<HashSet<CountedKey>>(serializer.SerializeToArray(keys))!.Count);
    }

    private static KeyValuePair<CountedKey, int>[] Pairs(IEnumerable<CountedKey> keys) => [.. keys.Select(key => KeyValuePair.Create(key, 1))];

    private static byte[] Write(object table)
    {
        using var services = Serialization.Start();
        return services.GetRequiredService<Serializer>().SerializeToArray(table);
    }

    /// <summary>The bytes of a table with these keys, without making it: those of a small one, with other elements.</summary>
    private static byte[] Splice(Func<IEnumerable<CountedKey>, object> table, IEnumerable<CountedKey> keys)
    {
        using var services = Serialization.Start();
        var hasValues = table([]) is not (IReadOnlySet<CountedKey> or ISet<CountedKey>);
        using var writer = PayloadWriter.Rent(services.GetRequiredService<ICodecProvider>());
        var empty = Write(table([]));

        // Behind the type there are: the object, its count, and its end.
        writer.WriteRaw(empty.AsSpan(0, empty.Length - 3));
        var all = keys.ToArray();
        writer.WriteUInt32(1, (uint)all.Length);
        var codec = writer.Codecs.Get<CountedKey>();
        for (var i = 0; i < all.Length; i++)
        {
            codec.WriteField(writer, i == 0 ? 1u : 0, all[i]);
            if (hasValues) writer.WriteInt32(0, 1);
        }

        writer.WriteRaw([empty[^1]]);
        return writer.ToArray();
    }

    private static Exception? Read(byte[] bytes)
    {
        using var services = Serialization.Start();
        CountedKey.Comparisons = 0;
        return Record.Exception(() => services.GetRequiredService<Serializer>().Deserialize<object>(bytes));
    }

    /// <summary>The numbers of buckets that tables of this runtime have.</summary>
    private static IEnumerable<int> BucketCounts(int from, int to)
    {
        for (var capacity = from; capacity < to;)
        {
            var buckets = new HashSet<int>(capacity).Capacity;
            yield return buckets;
            capacity = buckets + 1;
        }
    }
}
