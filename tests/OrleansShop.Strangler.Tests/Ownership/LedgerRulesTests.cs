using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Rows;
using Xunit;

namespace OrleansShop.Strangler.Tests.Ownership;

public sealed class LedgerRulesTests
{
    private static readonly LedgerEntry Untouched = LedgerEntry.Untouched;

    [Fact]
    public void Taking_moves_an_entity_into_the_next_epoch_and_a_repetition_changes_nothing()
    {
        var taken = Grains(epoch: 3, version: 7);

        Assert.Equal(LedgerDecision.Done(taken), LedgerRules.Take(Monolith(epoch: 2, version: 7), exists: true));
        Assert.Equal(LedgerDecision.Repeated(taken), LedgerRules.Take(taken, exists: true));
        Assert.Equal(LedgerDecision.Repeated(taken), LedgerRules.Take(taken, exists: false));
    }

    [Fact]
    public void What_is_not_there_is_not_taken()
    {
        Assert.Equal(LedgerDecision.Absent, LedgerRules.Take(entry: null, exists: false));
        Assert.Equal(LedgerDecision.Absent, LedgerRules.Take(Untouched, exists: false));
    }

    [Fact]
    public void Epochs_go_on_after_those_of_a_ledger_that_was_removed()
    {
        Assert.Equal(LedgerDecision.Done(Grains(epoch: 6, version: 0)), LedgerRules.Take(Untouched, exists: true, seenEpoch: 5));
        Assert.Equal(LedgerDecision.Done(Grains(epoch: 10, version: 0)), LedgerRules.Take(Monolith(epoch: 9, version: 0), exists: true, seenEpoch: 5));
    }

    [Fact]
    public void A_change_is_applied_in_its_epoch_once_and_never_after_a_newer_one()
    {
        var entry = Grains(epoch: 3, version: 7);

        Assert.Equal(LedgerDecision.Done(Grains(epoch: 3, version: 9)), LedgerRules.Apply(entry, Change(epoch: 3, version: 9)));
        Assert.Equal(LedgerDecision.Repeated(entry), LedgerRules.Apply(entry, Change(epoch: 3, version: 7)));
        Assert.Equal(LedgerDecision.Stale, LedgerRules.Apply(entry, Change(epoch: 3, version: 6)));
        Assert.Equal(LedgerDecision.NotOwner, LedgerRules.Apply(entry, Change(epoch: 1, version: 9)));
        Assert.Equal(LedgerDecision.NotOwner, LedgerRules.Apply(Monolith(epoch: 4, version: 7), Change(epoch: 3, version: 9)));
        Assert.Equal(LedgerDecision.NotOwner, LedgerRules.Apply(entry: null, Change(epoch: 3, version: 9)));
    }

    [Fact]
    public void A_creation_makes_its_entry_and_one_that_was_taken_back_leaves_an_entry_that_refuses_it()
    {
        var creation = Change(LedgerEntry.CreationEpoch, version: 1) with { IsCreation = true };
        var undone = EntityChange.Delete("books", "book", "4", version: 2, LedgerEntry.CreationEpoch) with { IsCreation = true };

        Assert.Equal(LedgerDecision.Done(Grains(epoch: 1, version: 1)), LedgerRules.Apply(entry: null, creation));
        var tombstone = LedgerRules.Apply(entry: null, undone).Entry;
        Assert.Equal(Grains(epoch: 1, version: 2), tombstone);
        Assert.Equal(LedgerDecision.Stale, LedgerRules.Apply(tombstone, creation));
        Assert.Equal(LedgerDecision.NotOwner, LedgerRules.Apply(Untouched, creation));
    }

    [Fact]
    public void What_is_written_for_the_monolith_is_refused_once_the_grains_own_the_entity()
    {
        var change = Change(epoch: 0, version: 0) with { Owner = EntityOwner.Monolith };

        Assert.Equal(LedgerDecision.Done(entry: null), LedgerRules.Apply(entry: null, change));
        Assert.Equal(LedgerDecision.Done(Untouched), LedgerRules.Apply(Untouched, change));
        Assert.Equal(LedgerDecision.NotOwner, LedgerRules.Apply(Grains(epoch: 1, version: 1), change));
    }

    [Fact]
    public void Without_a_ledger_everything_is_the_monoliths()
    {
        Assert.Equal(LedgerOutcome.NotOwner, LedgerRules.ApplyWithoutLedger(Change(epoch: 0, version: 4)).Outcome);
        Assert.Equal(LedgerOutcome.Done, LedgerRules.ApplyWithoutLedger(Change(epoch: 2, version: 4) with { Owner = EntityOwner.Monolith }).Outcome);
        Assert.Equal(LedgerOutcome.NotOwner, LedgerRules.ApplyWithoutLedger(Change(epoch: 2, version: 4)).Outcome);
    }

    [Fact]
    public void Returning_ends_the_epoch_once_and_never_with_older_rows()
    {
        var entry = Grains(epoch: 3, version: 7);
        var returned = Monolith(epoch: 4, version: 8);

        Assert.Equal(LedgerDecision.Done(returned), LedgerRules.Return(entry, Change(epoch: 3, version: 8)));
        Assert.Equal(LedgerDecision.Repeated(returned), LedgerRules.Return(returned, Change(epoch: 3, version: 8)));
        Assert.Equal(LedgerDecision.Stale, LedgerRules.Return(entry, Change(epoch: 3, version: 6)));
        Assert.Equal(LedgerDecision.NotOwner, LedgerRules.Return(entry, Change(epoch: 1, version: 8)));
        Assert.Equal(LedgerDecision.NotOwner, LedgerRules.Return(Grains(epoch: 5, version: 8), Change(epoch: 3, version: 8)));
        Assert.Equal(LedgerDecision.NotOwner, LedgerRules.Return(entry: null, Change(epoch: 3, version: 8)));
    }

    private static LedgerEntry Monolith(long epoch, long version) => new(EntityOwner.Monolith, epoch, version);

    private static LedgerEntry Grains(long epoch, long version) => new(EntityOwner.Grains, epoch, version);

    private static EntityChange Change(long epoch, long version) => EntityChange.Upsert("books", new EntityRows("book", "4", version, Row.Of(("id", 4L))), epoch);
}
