using OrleansShop.Engine.Diagnostics;
using OrleansShop.Testing.Time;
using Xunit;

namespace OrleansShop.Engine.Tests.Diagnostics;

public sealed class ProcessStatisticsTests
{
    [Fact]
    public void A_process_is_measured_at_most_once_a_second()
    {
        var time = new ManualTimeProvider();
        var statistics = new ProcessStatistics(time);
        var first = statistics.GetEnvironmentStatistics();
        Assert.InRange(first.RawMemoryUsageBytes, 1, first.MaximumAvailableMemoryBytes);

        var ballast = new byte[64 * 1024 * 1024];
        ballast.AsSpan().Fill(1);
        time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.Equal(first, statistics.GetEnvironmentStatistics());

        time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.NotEqual(first, statistics.GetEnvironmentStatistics());
        GC.KeepAlive(ballast);
    }

    [Fact]
    public void A_filtered_value_follows_the_raw_one_and_lags_behind_it()
    {
        var time = new ManualTimeProvider();
        var statistics = new ProcessStatistics(time);
        var before = statistics.GetEnvironmentStatistics();
        Assert.Equal(before.RawMemoryUsageBytes, before.FilteredMemoryUsageBytes);

        var ballast = new byte[256 * 1024 * 1024];
        ballast.AsSpan().Fill(1);
        time.Advance(TimeSpan.FromSeconds(1));
        var after = statistics.GetEnvironmentStatistics();

        Assert.True(after.RawMemoryUsageBytes > before.RawMemoryUsageBytes, $"{after} after {before}");
        Assert.InRange(after.FilteredMemoryUsageBytes, before.FilteredMemoryUsageBytes, after.RawMemoryUsageBytes);
        Assert.NotEqual(after.RawMemoryUsageBytes, after.FilteredMemoryUsageBytes);
        GC.KeepAlive(ballast);
    }
}
