using System.Globalization;
using System.Numerics;

namespace OrleansShop.Engine.Placement;

/// <summary>A set of partitions. Immutable; 128 bytes.</summary>
internal sealed class PartitionSet : IEquatable<PartitionSet>
{
    private const int Words = Partition.Count / 64;

    private readonly ulong[] _bits;

    private PartitionSet(ulong[] bits) => _bits = bits;

    public static PartitionSet Empty { get; } = new(new ulong[Words]);

    public static PartitionSet All { get; } = Empty.Combine(Empty, static (nothing, _) => ~nothing);

    public bool IsEmpty => _bits.AsSpan().SequenceEqual(Empty._bits);

    public int Size => _bits.Sum(BitOperations.PopCount);

    /// <summary>The set as words, lowest partition first, for the wire.</summary>
    public ReadOnlySpan<ulong> Bits => _bits;

    public static PartitionSet Of(IEnumerable<int> partitions)
    {
        var bits = new ulong[Words];
        foreach (var partition in partitions)
            bits[partition >> 6] |= 1UL << partition;
        return new(bits);
    }

    /// <summary>Reads what <see cref="Bits"/> gave.</summary>
    /// <exception cref="ArgumentException">The number of words is not that of a set of all partitions.</exception>
    public static PartitionSet FromBits(ReadOnlySpan<ulong> bits) =>
        bits.Length == Words ? new(bits.ToArray()) : throw new ArgumentException($"A partition set has {Words} words, not {bits.Length}.", nameof(bits));

    /// <summary>The set as text: empty for none, else 16 hexadecimal digits for each word, lowest partition first.</summary>
    public string ToText() => IsEmpty ? "" : string.Concat(_bits.Select(static word => word.ToString("x16", CultureInfo.InvariantCulture)));

    /// <summary>Reads what <see cref="ToText"/> gave.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static PartitionSet FromText(string text)
    {
        if (text.Length == 0)
            return Empty;
        if (text.Length != Words * 16)
            throw new FormatException($"A partition set has {Words * 16} digits, not {text.Length}.");
        var bits = new ulong[Words];
        for (var i = 0; i < Words; i++)
            bits[i] = ulong.Parse(text.AsSpan(i * 16, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return new(bits);
    }

    public bool Contains(int partition) => (_bits[partition >> 6] & (1UL << partition)) != 0;

    public PartitionSet Union(PartitionSet other) => Combine(other, static (mine, theirs) => mine | theirs);

    public PartitionSet Intersect(PartitionSet other) => Combine(other, static (mine, theirs) => mine & theirs);

    public PartitionSet Except(PartitionSet other) => Combine(other, static (mine, theirs) => mine & ~theirs);

    public bool Equals(PartitionSet? other) => other is not null && _bits.AsSpan().SequenceEqual(other._bits);

    public override bool Equals(object? obj) => Equals(obj as PartitionSet);

    public override int GetHashCode() => HashCode.Combine(_bits[0], _bits[1], Size);

    public override string ToString() => $"{Size} partitions";

    private PartitionSet Combine(PartitionSet other, Func<ulong, ulong, ulong> word)
    {
        var bits = new ulong[Words];
        for (var i = 0; i < Words; i++)
            bits[i] = word(_bits[i], other._bits[i]);
        return new(bits);
    }
}
