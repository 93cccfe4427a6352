using OrleansShop.Strangler.Outbox;
using OrleansShop.Strangler.Outbox.Protocol;
using Xunit;

namespace OrleansShop.Strangler.Tests.Outbox.Protocol;

public sealed class OutboxLedgerTests
{
    private static readonly OutboxState Three = new() { LastSequence = 3, Pending = [new(1, "a"), new(2, "b"), new(3, "c")] };

    [Fact]
    public void An_activation_whose_state_has_events_publishes_nothing_before_it_knows_the_mark() =>
        Assert.Empty(OutboxLedger.Opened(Three).Due(Three));

    [Fact]
    public void Without_a_mark_everything_in_the_state_is_published() =>
        Assert.Empty(OutboxLedger.Opened(Three).Found(Three, from: null, token: null).Due(Three));

    [Fact]
    public void A_mark_says_from_which_event_on_to_publish() =>
        Assert.Equal([2L, 3L], OutboxLedger.Opened(Three).Found(Three, from: 2, token: 7).Due(Three).Select(pending => pending.Sequence));

    [Fact]
    public void A_mark_of_a_write_that_was_never_made_stands_for_nothing() =>
        Assert.Empty(OutboxLedger.Opened(Three).Found(Three, from: 4, token: 7).Due(Three));

    [Fact]
    public void A_mark_that_was_found_ends_only_after_the_state_was_written_here()
    {
        var found = OutboxLedger.Opened(Three).Found(Three, from: 4, token: 7);

        Assert.False(found.MayEndMark(Three));
        Assert.True(found.Written().MayEndMark(Three));
    }

    [Fact]
    public void A_mark_does_not_end_while_a_write_is_under_way_or_an_event_waits()
    {
        var idle = OutboxLedger.Opened(new OutboxState()).Written().Marked(new OutboxState(), from: 1, token: 7);
        var one = idle.Record(new OutboxState(), ["a"]);

        Assert.False(idle.Writing().MayEndMark(new OutboxState()));
        Assert.False(idle.MayEndMark(one));
        Assert.True(idle.Published(1).MayEndMark(one));
        Assert.False(idle.Published(1).Ending().MayEndMark(one));
    }

    [Fact]
    public void A_write_leaves_out_what_is_published_and_goes_on_counting()
    {
        var ledger = OutboxLedger.Opened(Three).Marked(Three, from: 3, token: 7);

        var next = ledger.Record(Three, ["d", "e"]);

        Assert.Equal(5, next.LastSequence);
        Assert.Equal([(3L, "c"), (4L, "d"), (5L, "e")], next.Pending.Select(pending => (pending.Sequence, pending.Envelope)));
    }

    [Fact]
    public void A_write_without_events_keeps_what_may_not_be_published() =>
        Assert.Equal(Three, OutboxLedger.Opened(Three).Record(Three, []));

    [Fact]
    public void An_undone_write_takes_its_events_and_their_numbers_back()
    {
        var ledger = OutboxLedger.Opened(Three).Marked(Three, from: 3, token: 7);

        var undone = ledger.Undo(ledger.Record(Three, ["d"]), before: 3);

        Assert.Equal(3, undone.LastSequence);
        Assert.Equal([3L], undone.Pending.Select(pending => pending.Sequence));
    }
}
