using System.Collections.Immutable;

namespace OrleansShop.Strangler.Rollout;

/// <summary>What one side has answered of a capability's requests for entities. Counts that only grow, or the difference of two such. Immutable.</summary>
/// <param name="Requests">How many requests it was sent that were not sent to the other side then.</param>
/// <param name="Errors">How many of them were answered with a status from 500 on, or not in time, or were broken off.</param>
/// <param name="Latencies">How many took how long, by <see cref="LatencyBuckets"/>; what is missing at the end is zero.</param>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.SideFigures")]
public sealed record SideFigures(
    [property: Id(0)] long Requests,
    [property: Id(1)] long Errors,
    [property: Id(2)] ImmutableArray<long> Latencies)
{
    /// <summary>Nothing was answered.</summary>
    public static SideFigures None { get; } = new(0, 0, []);

    /// <summary>Whether the numbers can be what they say they are.</summary>
    internal bool IsSound => Requests >= 0 && Errors >= 0 && Errors <= Requests
        && !Latencies.IsDefault && Latencies.Length <= LatencyBuckets.Count && Latencies.All(static count => count >= 0);

    internal SideFigures Plus(SideFigures other) => new(Requests + other.Requests, Errors + other.Errors, Zip(other, static (mine, its) => mine + its));

    /// <summary>What has come since an earlier count of the same gateway.</summary>
    internal SideFigures Since(SideFigures earlier) =>
        new(Math.Max(0, Requests - earlier.Requests), Math.Max(0, Errors - earlier.Errors), Zip(earlier, static (mine, its) => Math.Max(0, mine - its)));

    private ImmutableArray<long> Zip(SideFigures other, Func<long, long, long> combine)
    {
        var counts = new long[Math.Max(Latencies.Length, other.Latencies.Length)];
        for (var index = 0; index < counts.Length; index++)
        {
            counts[index] = combine(index < Latencies.Length ? Latencies[index] : 0, index < other.Latencies.Length ? other.Latencies[index] : 0);
        }

        return [.. counts];
    }
}
