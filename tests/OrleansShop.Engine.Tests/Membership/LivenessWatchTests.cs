using OrleansShop.Engine.Membership.Protocol;
using Xunit;

namespace OrleansShop.Engine.Tests.Membership;

public sealed class LivenessWatchTests
{
    private static readonly TimeSpan DeadAfter = TimeSpan.FromSeconds(6);
    private static readonly SiloAddress Self = Rows.Silo(1);

    [Fact]
    public void A_heartbeat_that_stands_still_for_the_whole_time_is_silent()
    {
        Assert.Empty(Watch((0, 7), (2, 7), (4, 7), (5.9, 7)));
        Assert.Equal([Rows.Silo(2)], Watch((0, 7), (2, 7), (4, 7), (6, 7)));
    }

    [Fact]
    public void A_heartbeat_that_moves_is_watched_anew() => Assert.Empty(Watch((0, 7), (2, 7), (4, 8), (6, 8), (8, 8)));

    [Fact]
    public void A_look_that_comes_late_accuses_nobody() => Assert.Empty(Watch((0, 7), (2, 7), (9, 7), (11, 7), (13, 7)));

    [Fact]
    public void After_a_late_look_a_silent_silo_is_found_all_the_same() => Assert.Equal([Rows.Silo(2)], Watch((0, 7), (9, 7), (11, 7), (13, 7), (15, 7)));

    [Fact]
    public void Dead_silos_and_this_one_are_not_watched()
    {
        var watch = LivenessWatch.Start(TimeSpan.Zero);
        for (var second = 0; second <= 20; second += 2)
        {
            (watch, var silent) = watch.Look(Self, [Rows.Row(1), Rows.Row(2, SiloStatus.Dead)], TimeSpan.FromSeconds(second), DeadAfter);
            Assert.Empty(silent);
        }
    }

    private static SiloAddress[] Watch(params (double Seconds, long Heartbeat)[] looks)
    {
        var watch = LivenessWatch.Start(TimeSpan.Zero);
        SiloAddress[] last = [];
        foreach (var (seconds, heartbeat) in looks)
        {
            (watch, var silent) = watch.Look(Self, [Rows.Row(2) with { Heartbeat = heartbeat }], TimeSpan.FromSeconds(seconds), DeadAfter);
            last = [.. silent.Select(row => row.Silo)];
        }

        return last;
    }
}
