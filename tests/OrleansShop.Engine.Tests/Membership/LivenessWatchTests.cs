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

    [Fact]
    public void The_next_look_is_not_later_than_when_a_heartbeat_has_stood_still_long_enough()
    {
        Assert.Equal(6, NextLookAfter(planned: 7, (0, 7), (2, 7), (4, 7)));
        Assert.Equal(5, NextLookAfter(planned: 5, (0, 7), (2, 7), (4, 7)));
        Assert.Equal(8, NextLookAfter(planned: 9, (0, 7), (2, 8), (4, 8)));
    }

    [Fact]
    public void What_is_still_there_after_it_was_to_be_declared_dead_is_looked_at_as_planned() =>
        Assert.Equal(7.5, NextLookAfter(planned: 7.5, (0, 7), (2, 7), (4, 7), (6, 7)));

    private static double NextLookAfter(double planned, params (double Seconds, long Heartbeat)[] looks)
    {
        var watch = looks.Aggregate(
            LivenessWatch.Start(TimeSpan.Zero),
            static (watch, look) => watch.Look(Self, [Rows.Row(2) with { Heartbeat = look.Heartbeat }], TimeSpan.FromSeconds(look.Seconds), DeadAfter).Next);
        return watch.NextLook(TimeSpan.FromSeconds(planned), DeadAfter).TotalSeconds;
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
