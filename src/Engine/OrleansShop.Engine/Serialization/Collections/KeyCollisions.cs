using System.Buffers;

namespace OrleansShop.Engine.Serialization.Collections;

/// <summary>
/// Notices keys that were chosen to fall into one bucket of a hash table, which would make filling it take time that grows with
/// the square of their number. Strings are safe without this, because their hash is random; numbers and structs of them are not.
/// </summary>
/// <remarks>
/// A table is looked at when it has 128 keys, then within 128 keys of having got more buckets or twice as many keys, so a small one
/// costs nothing and a large one about two more hashes of each key. Each pair of keys in one bucket counts as a comparison, and
/// <see cref="PayloadReader.ChargeComparisons"/> has a limit for all of them in a payload.
/// </remarks>
internal struct KeyCollisions
{
    private const int Interval = 128;

    private int _added;
    private int _keysAtLook;
    private int _bucketsAtLook;

    /// <summary>Counts a key, and says whether to call <see cref="Look"/>.</summary>
    public bool IsLookDue() => ++_added % Interval == 0;

    /// <summary>Counts the pairs of keys that share a bucket, unless the table has changed little since that was last done.</summary>
    /// <param name="reader">Whose payload the keys are of.</param>
    /// <param name="keys">The keys of the table.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="buckets">How many buckets the table has.</param>
    /// <param name="comparer">The comparer that it uses.</param>
    public void Look<TKey>(PayloadReader reader, IEnumerable<TKey> keys, int count, int buckets, IEqualityComparer<TKey> comparer)
    {
        if (buckets < 2 * _bucketsAtLook && count < 2 * _keysAtLook) return;
        _bucketsAtLook = buckets;
        _keysAtLook = count;

        var loads = ArrayPool<int>.Shared.Rent(buckets);
        Array.Clear(loads, 0, buckets);
        long pairs = 0;
        foreach (var key in keys)
        {
            var hash = key is null ? 0 : comparer.GetHashCode(key);
            pairs += loads[(uint)hash % (uint)buckets]++;
        }

        ArrayPool<int>.Shared.Return(loads);
        reader.ChargeComparisons(pairs);
    }

    /// <summary>Does the same for keys from which a table is still to be made.</summary>
    public static void LookAt<TKey>(PayloadReader reader, IReadOnlyCollection<TKey> keys, IEqualityComparer<TKey>? comparer)
    {
        if (keys.Count < Interval) return;
        var collisions = default(KeyCollisions);
        var set = new HashSet<TKey>(keys.Count, comparer);
        foreach (var key in keys)
        {
            set.Add(key);
            if (collisions.IsLookDue()) collisions.Look(reader, set, set.Count, set.Capacity, set.Comparer);
        }
    }
}
