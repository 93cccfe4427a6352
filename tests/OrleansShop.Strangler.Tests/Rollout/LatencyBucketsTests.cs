using OrleansShop.Strangler.Rollout;
using Xunit;

namespace OrleansShop.Strangler.Tests.Rollout;

public sealed class LatencyBucketsTests
{
    [Fact]
    public void Every_duration_is_in_a_bucket_whose_bound_is_at_most_an_eighth_above_it()
    {
        for (var microseconds = 64.0; microseconds < 60_000_000; microseconds *= 1.01)
        {
            var duration = TimeSpan.FromMicroseconds((long)microseconds);
            var bound = LatencyBuckets.UpperBoundOf(LatencyBuckets.IndexOf(duration));
            Assert.InRange(bound.TotalMicroseconds, duration.TotalMicroseconds, (duration.TotalMicroseconds * 1.125) + 1);
        }
    }

    [Fact]
    public void Longer_durations_are_never_in_earlier_buckets_and_the_ends_take_the_rest()
    {
        var indices = Enumerable.Range(0, 20_000).Select(step => LatencyBuckets.IndexOf(TimeSpan.FromMicroseconds(step * 5_000L))).ToList();

        Assert.Equal(indices.Order(), indices);
        Assert.Equal((0, 0, LatencyBuckets.Count - 1), (LatencyBuckets.IndexOf(TimeSpan.Zero), LatencyBuckets.IndexOf(-TimeSpan.FromSeconds(1)), LatencyBuckets.IndexOf(TimeSpan.FromDays(1))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(5000)]
    public void The_p99_is_that_of_the_sorted_durations(int requests)
    {
        var random = new Random(requests);
        var durations = Enumerable.Range(0, requests).Select(_ => TimeSpan.FromMilliseconds(random.Next(1, 4000))).Order().ToList();
        var counts = new long[LatencyBuckets.Count];
        foreach (var duration in durations) counts[LatencyBuckets.IndexOf(duration)]++;

        // The dumb way: leave out the slowest hundredth, rounded down.
        var slowest = durations[requests - 1 - (requests / 100)];

        Assert.Equal(LatencyBuckets.UpperBoundOf(LatencyBuckets.IndexOf(slowest)), LatencyBuckets.P99([.. counts]));
    }

    [Fact]
    public void Of_nothing_there_is_no_p99() => Assert.Null(LatencyBuckets.P99([0, 0]));
}
