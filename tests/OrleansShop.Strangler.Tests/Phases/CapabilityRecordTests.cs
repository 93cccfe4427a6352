using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Phases.Orders;
using Xunit;

namespace OrleansShop.Strangler.Tests.Phases;

public sealed class CapabilityRecordTests
{
    private static readonly DateTimeOffset Morning = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly OrderFacts Facts = OrderFacts.None with { OwnedByMonolith = 7, OwnedByGrains = 3 };

    [Fact]
    public void A_capability_begins_in_the_monolith_at_epoch_0_without_a_ledger()
    {
        var record = new CapabilityRecord();

        Assert.Equal((CapabilityPhase.Monolith, 0L, null, null, false), (record.Phase, record.Epoch, record.ChangedAt, record.By, record.HasLedger));
    }

    [Fact]
    public void An_order_has_its_effect_and_stands_in_the_history_with_what_it_was_decided_on()
    {
        var order = new CapabilityOrder(OrderKind.Canary, "jo", "here", Percent: 25);
        var standing = new CapabilityStanding { Phase = CapabilityPhase.Canary, Percent = 25, Epoch = 1, IsPaused = true };

        var record = new CapabilityRecord().Ordered(order, standing, Facts, Morning);

        Assert.Equal(standing, record.Standing);
        Assert.Equal(("jo", Morning, true), (record.By, record.ChangedAt, record.HasLedger));
        Assert.Equal(
            new CapabilityTransition(CapabilityPhase.Monolith, CapabilityPhase.Canary, Morning, new AcceptedOrder(order, standing, OwnedByMonolith: 7, OwnedByGrains: 3)),
            Assert.Single(record.History));
    }

    [Fact]
    public void An_order_without_an_epoch_of_its_own_is_a_broken_invariant() =>
        Assert.Throws<InvalidOperationException>(() => Shadow(new CapabilityRecord(), epoch: 2));

    [Fact]
    public void The_history_keeps_the_newest()
    {
        var record = new CapabilityRecord();
        for (var epoch = 1; epoch <= CapabilityRecord.MaxHistory + 5; epoch++) record = Shadow(record, epoch);

        Assert.Equal(CapabilityRecord.MaxHistory, record.History.Length);
        Assert.Equal((6L, 105L), (record.History[0].Order.Standing.Epoch, record.History[^1].Order.Standing.Epoch));
    }

    private static CapabilityRecord Shadow(CapabilityRecord record, long epoch) =>
        record.Ordered(new CapabilityOrder(OrderKind.Shadow, "jo", "here"), new CapabilityStanding { Phase = CapabilityPhase.Shadow, Epoch = epoch }, Facts, Morning);
}
