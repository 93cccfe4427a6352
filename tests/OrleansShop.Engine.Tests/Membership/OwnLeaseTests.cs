using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Membership.Protocol;
using Xunit;

namespace OrleansShop.Engine.Tests.Membership;

public sealed class OwnLeaseTests
{
    private static readonly LeaseTerms Terms = new(TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(1.5));

    [Fact]
    public void A_renewal_counts_from_before_it_was_sent()
    {
        var lease = Held(sent: 0, answered: 2);

        Assert.Equal((LeasePhase.Held, At(6)), (lease.Phase, lease.EndsAt));
    }

    [Fact]
    public void An_answer_that_took_as_long_as_the_lease_is_of_no_use()
    {
        var lease = Held(sent: 0, answered: 6);

        Assert.Equal(LeasePhase.NotYet, lease.Phase);
    }

    [Fact]
    public void Renewals_are_sent_every_period_also_while_earlier_ones_have_no_answer()
    {
        var lease = OwnLease.Start(Terms, At(0));
        var sent = new List<(double, LeaseAttempt)>();
        for (var now = 0.0; now <= 6; now += 0.5)
        {
            (lease, var attempt) = lease.Look(At(now));
            if (attempt is { } due)
                sent.Add((now, due));
        }

        Assert.Equal([(0, new(0, 1)), (1.5, new(0, 2)), (3, new(0, 3)), (4.5, new(0, 4))], sent);
    }

    [Fact]
    public void A_lease_that_has_run_out_runs_again_with_the_next_renewal_that_the_table_takes()
    {
        var lease = Held(sent: 0, answered: 0);
        (lease, var attempt) = lease.Look(At(7));
        Assert.Equal(LeasePhase.RanOut, lease.Phase);

        lease = lease.Answered(new(SiloStatus.Active, 2, attempt!.Value.Nonce), At(8));

        Assert.Equal((LeasePhase.Held, At(13)), (lease.Phase, lease.EndsAt));
    }

    [Fact]
    public void A_lease_that_has_run_out_stays_so_if_the_renewal_was_sent_too_long_ago()
    {
        var lease = Held(sent: 0, answered: 0);
        (lease, var attempt) = lease.Look(At(2));

        lease = lease.Answered(new(SiloStatus.Active, 2, attempt!.Value.Nonce), At(8));

        Assert.Equal((LeasePhase.RanOut, 2), (lease.Phase, lease.Heartbeat));
        Assert.NotNull(lease.Look(At(8)).Send);
    }

    [Fact]
    public void A_lease_that_has_run_out_is_over_for_good_when_the_table_has_the_silo_as_dead()
    {
        var lease = Held(sent: 0, answered: 0);
        (lease, _) = lease.Look(At(7));

        lease = lease.Answered(new(SiloStatus.Dead, 1, 1), At(7.1));

        Assert.Equal(LeasePhase.Refused, lease.Phase);
        Assert.Null(lease.Look(At(20)).Send);
    }

    [Fact]
    public void An_attempt_that_finds_an_earlier_one_done_counts_from_when_that_was_sent()
    {
        var lease = Held(sent: 0, answered: 0);
        (lease, var lost) = lease.Look(At(1.5));
        lease = lease.Failed(At(2), TimeSpan.FromSeconds(0.1));
        (lease, var second) = lease.Look(At(2.1));
        Assert.Equal(lost!.Value.Expected, second!.Value.Expected);
        Assert.NotEqual(lost.Value.Nonce, second.Value.Nonce);

        lease = lease.Answered(new(SiloStatus.Active, 2, lost.Value.Nonce), At(2.2));

        Assert.Equal((At(7.5), 2), (lease.EndsAt, lease.Heartbeat));
    }

    [Fact]
    public void An_older_answer_that_comes_late_does_not_shorten_the_lease_nor_set_the_heartbeat_back()
    {
        var lease = Held(sent: 0, answered: 0);
        (lease, var first) = lease.Look(At(1.5));
        (lease, _) = lease.Look(At(3));
        lease = lease.Answered(new(SiloStatus.Active, 2, first!.Value.Nonce), At(3.1));
        (lease, var third) = lease.Look(At(4.5));
        lease = lease.Answered(new(SiloStatus.Active, 3, third!.Value.Nonce), At(4.6));

        lease = lease.Answered(new(SiloStatus.Active, 2, first.Value.Nonce), At(4.7));

        Assert.Equal((At(10.5), 3), (lease.EndsAt, lease.Heartbeat));
    }

    [Theory]
    [InlineData(SiloStatus.Dead)]
    [InlineData(SiloStatus.Stopping)]
    [InlineData(null)]
    public void A_silo_that_the_table_has_as_dead_or_voted_out_or_not_at_all_has_no_lease(SiloStatus? status)
    {
        var lease = Held(sent: 0, answered: 0);
        (lease, _) = lease.Look(At(1.5));

        lease = lease.Answered(status is { } found ? new RenewedRow(found, 1, 1) : null, At(1.6));

        Assert.Equal(LeasePhase.Refused, lease.Phase);
    }

    [Fact]
    public void A_failure_is_followed_by_the_next_attempt_soon()
    {
        var lease = Held(sent: 0, answered: 0);
        (lease, _) = lease.Look(At(1.5));
        lease = lease.Failed(At(1.6), TimeSpan.FromSeconds(0.2));

        Assert.Equal(At(1.8), lease.NextLook);
    }

    [Fact]
    public void The_next_look_is_never_later_than_the_end()
    {
        var lease = OwnLease.Start(new LeaseTerms(TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(100)), At(0));
        (lease, var attempt) = lease.Look(At(0));
        lease = lease.Answered(new(SiloStatus.Joining, 1, attempt!.Value.Nonce), At(0.1));

        Assert.Equal(At(6), lease.NextLook);
        Assert.Equal(LeasePhase.RanOut, lease.Look(At(6)).Next.Phase);
    }

    [Fact]
    public void Who_has_left_is_not_alarmed_by_what_the_table_says()
    {
        var lease = Held(sent: 0, answered: 0);
        (lease, _) = lease.Look(At(1.5));

        lease = lease.Leave().Answered(new(SiloStatus.Dead, 1, 1), At(1.6));

        Assert.Equal(LeasePhase.Left, lease.Phase);
    }

    private static OwnLease Held(double sent, double answered)
    {
        var (lease, attempt) = OwnLease.Start(Terms, At(sent)).Look(At(sent));
        return lease.Answered(new(SiloStatus.Active, 1, attempt!.Value.Nonce), At(answered));
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
