using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Membership.Protocol;
using Xunit;

namespace OrleansShop.Engine.Tests.Membership;

public sealed class ReachabilityTests
{
    private static readonly LeaseTerms Terms = new(TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(1.5));

    [Fact]
    public void A_silo_that_cannot_be_reached_for_a_whole_lease_is_accused()
    {
        Assert.Empty(Look(Cluster(2), (0, false), (2, false), (4, false), (5.9, false)));
        Assert.Equal([new Vote(Rows.Silo(2), IsAgainst: true)], Look(Cluster(2), (0, false), (2, false), (4, false), (6, false)));
    }

    [Fact]
    public void Reaching_it_once_begins_anew() => Assert.Empty(Look(Cluster(2), (0, false), (2, false), (4, true), (6, false), (8, false)));

    [Fact]
    public void A_look_that_comes_late_accuses_nobody() => Assert.Empty(Look(Cluster(2), (0, false), (2, false), (9, false), (11, false)));

    [Fact]
    public void An_accusation_is_taken_back_when_the_silo_can_be_reached()
    {
        var view = Rows.View(5, Rows.Row(1), Accused(2, by: 1));

        Assert.Equal([new Vote(Rows.Silo(2), IsAgainst: false)], Look(view, (0, true)));
        Assert.Empty(Look(view, (0, false), (2, false), (4, false), (6, false)));
    }

    [Fact]
    public void Each_silo_has_three_that_watch_it()
    {
        var view = Cluster(10);
        for (var silo = 1; silo <= 10; silo++)
        {
            var probers = Probers.Of(Rows.Silo(silo), view).ToArray();
            Assert.Equal(3, probers.Distinct().Count());
            Assert.All(probers, prober => Assert.Contains(Rows.Silo(silo), Probers.WatchedBy(prober, view)));
        }
    }

    [Fact]
    public void More_than_half_of_those_that_watch_a_silo_vote_it_out()
    {
        var view = Cluster(5);
        var (first, second, third) = Probers.Of(Rows.Silo(1), view).ToArray() is [var a, var b, var c] ? (a, b, c) : throw new InvalidOperationException("three watch it");

        view = Say(view, first);
        Assert.Equal(SiloStatus.Active, view.Find(Rows.Silo(1))!.Status);
        view = Say(view, Rows.Silo(2));
        Assert.Equal(SiloStatus.Active, view.Find(Rows.Silo(1))!.Status);
        view = Say(view, second);
        Assert.Equal(SiloStatus.Stopping, view.Find(Rows.Silo(1))!.Status);
        Assert.Null(MembershipChange.Say(new(Rows.Silo(1), IsAgainst: true), third, default, view).Row);
    }

    [Fact]
    public void Of_two_silos_that_cannot_reach_each_other_the_first_to_say_so_stays()
    {
        var view = Say(Cluster(2), by: Rows.Silo(2));
        Assert.Equal(SiloStatus.Stopping, view.Find(Rows.Silo(1))!.Status);

        Assert.Null(MembershipChange.Say(new(Rows.Silo(2), IsAgainst: true), Rows.Silo(1), default, view).Row);
    }

    [Fact]
    public void The_partitions_of_a_silo_that_is_voted_out_are_held_until_it_is_dead()
    {
        var view = Rows.View(9, Rows.Row(1), Rows.Row(2, SiloStatus.Stopping));
        var state = HandoffState.Start.Enter(view, Rows.Silo(1));
        Assert.False(state.Held.IsEmpty);

        state = state.Enter(Rows.View(10, Rows.Row(1), Rows.Row(2, SiloStatus.Dead)), Rows.Silo(1));
        Assert.True(state.Held.IsEmpty);
    }

    private static MembershipView Cluster(int silos) => Rows.View(5, [.. Enumerable.Range(1, silos).Select(silo => Rows.Row(silo))]);

    private static MembershipRow Accused(int silo, int by) => Rows.Row(silo) with { Suspicions = [new Suspicion(Rows.Silo(by), default)] };

    private static MembershipView Say(MembershipView view, SiloAddress by) =>
        TableContent.Put(view, MembershipChange.Say(new(Rows.Silo(1), IsAgainst: true), by, default, view).Row!);

    private static Vote[] Look(MembershipView view, params (double Seconds, bool IsReachable)[] looks)
    {
        var state = Reachability.Start(TimeSpan.Zero);
        Vote[] last = [];
        foreach (var (seconds, isReachable) in looks)
        {
            (state, var due) = state.Look(Rows.Silo(1), view, _ => isReachable, TimeSpan.FromSeconds(seconds), Terms);
            last = [.. due];
        }

        return last;
    }
}
