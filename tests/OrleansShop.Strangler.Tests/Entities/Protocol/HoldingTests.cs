using OrleansShop.Strangler.Entities.Protocol;
using OrleansShop.Strangler.Ownership;
using Xunit;

namespace OrleansShop.Strangler.Tests.Entities.Protocol;

public sealed class HoldingTests
{
    private static Holding Nothing => default;
    private static readonly Holding Owner = Nothing.Taken(Grains(epoch: 3, version: 7), exists: true);

    [Fact]
    public void What_is_taken_may_be_served_at_once_in_a_version_above_both_sides()
    {
        Assert.True(Owner.MayServe);
        Assert.Equal((3, 8, 8), (Owner.Epoch, Owner.Version, Owner.AppliedVersion));
        Assert.Equal(13, (Nothing with { Version = 12, AppliedVersion = 12 }).Taken(Grains(epoch: 3, version: 7), exists: true).Version);
    }

    [Fact]
    public void What_the_ledger_gives_in_an_epoch_that_the_grain_may_only_have_heard_of_was_missed()
    {
        var heardOf = Owner.Reconciled(Grains(epoch: 5, version: 8));

        Assert.True(heardOf.HasMissed(Grains(epoch: 5, version: 8)));
        Assert.True(heardOf.HasMissed(Grains(epoch: 6, version: 8)));
        Assert.True(heardOf.Taken(Grains(epoch: 5, version: 8), exists: true).MayServe);
        Assert.False(heardOf.HasMissed(new LedgerEntry(EntityOwner.Monolith, Epoch: 6, Version: 8)));
        Assert.False(heardOf.HasMissed(entry: null));
        Assert.False(Owner.HasMissed(Grains(epoch: 3, version: 7)));
        Assert.False(Owner.Returning().Returned(new LedgerEntry(EntityOwner.Monolith, Epoch: 4, Version: 8)).HasMissed(Grains(epoch: 3, version: 7)));
    }

    [Fact]
    public void A_write_may_not_be_served_before_it_is_applied()
    {
        var written = Owner.Written(exists: false);

        Assert.False(written.MayServe);
        Assert.True(written.IsBehind);
        Assert.True(written.Applied().MayServe);
        Assert.Throws<InvalidOperationException>(() => written.Written(exists: true));
        Assert.Throws<InvalidOperationException>(() => written.Returning());
    }

    [Fact]
    public void A_creation_goes_on_until_it_is_known_to_be_applied()
    {
        var created = Nothing.Created();

        Assert.Equal((HoldingStep.Creating, LedgerEntry.CreationEpoch, 1L), (created.Begun, created.Epoch, created.Version));
        Assert.Equal(created, created.Reconciled(entry: null));
        Assert.True(created.Applied().MayServe);
        Assert.True(created.Reconciled(Grains(epoch: 1, version: 1)).MayServe);
        Assert.False(created.Overruled(entry: null).IsOwner);
    }

    [Fact]
    public void What_lags_is_served_and_changed_and_neither_taken_back_deleted_nor_returned_before_it_is_applied()
    {
        var lagging = Owner.Written(exists: true).Lagging();
        var twice = lagging.Written(exists: true);

        Assert.True(lagging.MayServe);
        Assert.True(twice.MayServe);
        Assert.Equal((10, 8, HoldingStep.Lagging), (twice.Version, twice.AppliedVersion, twice.Begun));
        Assert.Equal(HoldingStep.Lagging, twice.Reconciled(Grains(epoch: 3, version: 9)).Begun);
        Assert.Equal(HoldingStep.None, twice.Reconciled(Grains(epoch: 3, version: 10)).Begun);
        Assert.Equal((HoldingStep.None, 10), (twice.Applied().Begun, twice.Applied().AppliedVersion));
        Assert.Throws<InvalidOperationException>(() => twice.Written(exists: false));
        Assert.Throws<InvalidOperationException>(() => twice.Undone(exists: true));
        Assert.Throws<InvalidOperationException>(() => twice.Returning());
        Assert.Throws<InvalidOperationException>(() => twice.Reconciled(new LedgerEntry(EntityOwner.Monolith, Epoch: 4, Version: 9)));
        Assert.Throws<InvalidOperationException>(() => Owner.Written(exists: false).Lagging());
        Assert.Throws<InvalidOperationException>(() => Owner.Lagging());
        Assert.Throws<InvalidOperationException>(() => Nothing.Created().Lagging());
    }

    [Fact]
    public void What_is_written_after_the_retirement_counts_as_applied_and_the_ledger_says_nothing_of_it()
    {
        var parted = Owner.Written(exists: true).Parted();
        var deleted = parted.Written(exists: false).Parted();

        Assert.True(parted.MayServe);
        Assert.Equal((9, 9, HoldingStep.Parted), (parted.Version, parted.AppliedVersion, parted.Begun));
        Assert.Equal(parted, parted.Reconciled(entry: null));
        Assert.Equal(parted, parted.Overruled(entry: null));
        Assert.Equal(parted, parted.Reconciled(Grains(epoch: 3, version: 4)));
        Assert.True(deleted.IsBehind);
        Assert.False(deleted.MayServe);
        Assert.True(deleted.Applied() is { MayServe: true, IsParted: true });
        Assert.True(deleted.Undone(exists: true).Parted() is { MayServe: true, Version: 11 });
        Assert.True(Nothing.Created().Parted().MayServe);
        Assert.False(Owner.Written(exists: true).Lagging().Parted().IsLagging);
        Assert.Throws<InvalidOperationException>(() => parted.Returning());
        Assert.Throws<InvalidOperationException>(() => Owner.Returning().Parted());
    }

    [Fact]
    public void What_is_taken_back_is_a_version_of_its_own_that_has_to_be_applied()
    {
        var undone = Owner.Written(exists: false).Undone(exists: true);

        Assert.Equal(10, undone.Version);
        Assert.True(undone.IsBehind);
        Assert.Throws<InvalidOperationException>(() => Owner.Undone(exists: true));
        Assert.Throws<InvalidOperationException>(() => Nothing.Created().Undone(exists: true));
    }

    [Fact]
    public void A_return_that_has_begun_lets_nothing_else_happen()
    {
        var returning = Owner.Returning();

        Assert.False(returning.MayServe);
        Assert.Throws<InvalidOperationException>(() => returning.Written(exists: true));
        var returned = returning.Returned(Monolith(epoch: 4, version: 8));
        Assert.Equal((false, HoldingStep.None, 4L, 8L), (returned.IsOwner, returned.Begun, returned.Epoch, returned.Version));
        Assert.Throws<InvalidOperationException>(() => returning.Returned(Monolith(epoch: 6, version: 8)));
        Assert.Throws<InvalidOperationException>(() => returning.Returned(Grains(epoch: 4, version: 8)));
    }

    [Theory]
    [InlineData(EntityOwner.Monolith, 4)]
    [InlineData(EntityOwner.Grains, 5)]
    public void An_activation_that_finds_its_epoch_ended_is_not_the_owner(EntityOwner owner, long epoch)
    {
        var known = Owner.Returning().Reconciled(new LedgerEntry(owner, epoch, Version: 8));

        Assert.False(known.IsOwner);
        Assert.Equal(epoch, known.Epoch);
        Assert.Equal(HoldingStep.None, known.Begun);
    }

    [Fact]
    public void An_activation_learns_from_the_ledger_what_was_applied()
    {
        var written = Owner.Written(exists: true);

        Assert.True(written.Reconciled(Grains(epoch: 3, version: 7)).IsBehind);
        Assert.True(written.Reconciled(Grains(epoch: 3, version: 9)).MayServe);
        Assert.True(Owner.Reconciled(Grains(epoch: 3, version: 7)).MayServe);
        Assert.Throws<InvalidOperationException>(() => written.Reconciled(Grains(epoch: 3, version: 10)));
    }

    [Fact]
    public void Without_an_entry_nobody_but_a_creator_is_owner()
    {
        Assert.False(Owner.Reconciled(entry: null).IsOwner);
        Assert.Equal(Nothing, Nothing.Reconciled(entry: null));
    }

    [Fact]
    public void Only_an_ended_epoch_makes_it_certain_that_a_refused_version_was_not_applied()
    {
        var written = Owner.Written(exists: true);

        Assert.True(written.IsCertainlyNotApplied(Monolith(epoch: 4, version: 8)));
        Assert.False(written.IsCertainlyNotApplied(Monolith(epoch: 4, version: 9)));
        Assert.False(written.IsCertainlyNotApplied(Grains(epoch: 3, version: 8)));
        Assert.False(written.IsCertainlyNotApplied(entry: null));
        Assert.True(Nothing.Created().IsCertainlyNotApplied(entry: null));
    }

    private static LedgerEntry Monolith(long epoch, long version) => new(EntityOwner.Monolith, epoch, version);

    private static LedgerEntry Grains(long epoch, long version) => new(EntityOwner.Grains, epoch, version);
}
