using OrleansShop.Engine.Reminders.Protocol;
using OrleansShop.Engine.Services;

namespace Orleans.Runtime;

/// <summary>Makes ranges of the ring, and takes them apart.</summary>
public static class RangeFactory
{
    /// <summary>How many hashes the ring has.</summary>
#pragma warning disable CA1707 // The official name.
    public const long RING_SIZE = (long)uint.MaxValue + 1;
#pragma warning restore CA1707

    /// <summary>Returns the whole ring.</summary>
    public static IRingRange CreateFullRange() => new SingleRange(default);

    /// <summary>Returns the hashes above <paramref name="begin"/>, up to <paramref name="end"/>; the whole ring if both are the same.</summary>
    public static IRingRange CreateRange(uint begin, uint end) => new SingleRange(new HashRange(begin, end));

    /// <summary>Returns the hashes that are in at least one of the ranges.</summary>
    public static IRingRange CreateRange(List<IRingRange> inRanges)
    {
        ArgumentNullException.ThrowIfNull(inRanges);
        return new UnitedRange([.. inRanges]);
    }

    /// <summary>Returns the pieces of a range, each without gaps. Those of united ranges may overlap.</summary>
    /// <exception cref="ArgumentException">The range is of a class of the application's own.</exception>
    public static IEnumerable<ISingleRange> GetSubRanges(IRingRange range) => range switch
    {
        ISingleRange single => [single],
        ICompositeRange composite => composite.Pieces,
        _ => throw new ArgumentException($"The pieces of a {range?.GetType().ToString() ?? "null"} are not known; ranges come from {nameof(RangeFactory)}, or from the engine.", nameof(range)),
    };
}
