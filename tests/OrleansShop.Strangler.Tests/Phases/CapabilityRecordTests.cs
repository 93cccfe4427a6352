using OrleansShop.Strangler.Phases;
using Xunit;

namespace OrleansShop.Strangler.Tests.Phases;

public sealed class CapabilityRecordTests
{
    private static readonly DateTimeOffset Morning = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_capability_begins_in_the_monolith_at_epoch_0()
    {
        Assert.Equal((CapabilityPhase.Monolith, 0L, null, null), (new CapabilityRecord().Phase, new CapabilityRecord().Epoch, new CapabilityRecord().ChangedAt, new CapabilityRecord().By));
    }

    [Fact]
    public void A_transition_that_succeeds_changes_the_phase_and_raises_the_epoch()
    {
        var record = new CapabilityRecord().Begin(CapabilityPhase.Grains, "jo", Morning);
        Assert.Equal((CapabilityPhase.Monolith, 0L), (record.Phase, record.Epoch));

        record = record.End(succeeded: true, "Imported book: 7.", Morning.AddMinutes(1));

        Assert.Equal((CapabilityPhase.Grains, 1L, "jo", Morning.AddMinutes(1)), (record.Phase, record.Epoch, record.By, record.ChangedAt));
        Assert.Null(record.Pending);
        Assert.Equal(
            new CapabilityTransition(1, CapabilityPhase.Monolith, CapabilityPhase.Grains, Morning, Morning.AddMinutes(1), "jo", Succeeded: true, "Imported book: 7."),
            Assert.Single(record.History));
    }

    [Fact]
    public void A_transition_that_fails_changes_nothing_but_the_history()
    {
        var record = new CapabilityRecord().Begin(CapabilityPhase.Grains, "jo", Morning).End(succeeded: false, "The bridge is down.", Morning);

        Assert.Equal((CapabilityPhase.Monolith, 0L, null, null), (record.Phase, record.Epoch, record.By, record.ChangedAt));
        Assert.False(Assert.Single(record.History).Succeeded);
    }

    [Fact]
    public void A_transition_that_nobody_ended_fails_when_the_next_begins_and_attempts_keep_counting()
    {
        var record = new CapabilityRecord().Begin(CapabilityPhase.Grains, "jo", Morning).Begin(CapabilityPhase.Grains, "mo", Morning.AddHours(1));

        Assert.Equal(new PendingTransition(2, CapabilityPhase.Grains, Morning.AddHours(1), "mo"), record.Pending);
        Assert.Equal((1L, "jo", false), (record.History[0].Attempt, record.History[0].By, record.History[0].Succeeded));
    }

    [Fact]
    public void A_transition_to_the_same_phase_and_an_end_without_a_beginning_are_broken_invariants()
    {
        Assert.Throws<InvalidOperationException>(() => new CapabilityRecord().Begin(CapabilityPhase.Monolith, "jo", Morning));
        Assert.Throws<InvalidOperationException>(() => new CapabilityRecord().End(succeeded: true, "", Morning));
    }

    [Fact]
    public void The_history_keeps_the_newest()
    {
        var record = new CapabilityRecord();
        for (var attempt = 1; attempt <= CapabilityRecord.MaxHistory + 5; attempt++)
        {
            record = record.Begin(CapabilityPhase.Grains, "jo", Morning).End(succeeded: false, "", Morning);
        }

        Assert.Equal(CapabilityRecord.MaxHistory, record.History.Length);
        Assert.Equal((6L, 105L), (record.History[0].Attempt, record.History[^1].Attempt));
    }
}
