using System.Collections.Immutable;
using System.Numerics;

namespace OrleansShop.Strangler.Rollout;

/// <summary>
/// How durations are counted so that the figures of several gateways add up: eight buckets to each doubling, so that a quantile is right to an eighth. From 64 microseconds to 67 seconds; what is shorter or longer is in the
/// first or the last.
/// </summary>
public static class LatencyBuckets
{
    /// <summary>How many buckets there are.</summary>
    public const int Count = 160;

    private const int FirstPower = 6;
    private const int PerDoubling = 8;

    /// <summary>The bucket of a duration.</summary>
    /// <remarks>Hot path: no allocation, no floating point.</remarks>
    public static int IndexOf(TimeSpan duration)
    {
        var microseconds = (ulong)Math.Max(1L << FirstPower, duration.Ticks / TimeSpan.TicksPerMicrosecond);
        var power = BitOperations.Log2(microseconds);
        return Math.Min(Count - 1, ((power - FirstPower) * PerDoubling) + (int)((microseconds >> (power - 3)) & (PerDoubling - 1)));
    }

    /// <summary>The longest duration of a bucket.</summary>
    public static TimeSpan UpperBoundOf(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var power = FirstPower + (index / PerDoubling);
        return TimeSpan.FromMicroseconds((1L << (power - 3)) * (PerDoubling + (index % PerDoubling) + 1));
    }

    /// <summary>The duration that 99 of 100 were not longer than, to the bucket; null of nothing.</summary>
    /// <param name="counts">How many fell into each bucket; those that are missing at the end are zero.</param>
    public static TimeSpan? P99(ImmutableArray<long> counts)
    {
        var total = counts.Sum();
        if (total == 0) return null;
        var left = total - ((total * 99) + 99) / 100;
        var index = counts.Length - 1;
        for (var above = counts[index]; above <= left; above += counts[index]) index--;
        return UpperBoundOf(index);
    }
}
