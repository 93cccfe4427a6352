using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Storage;
using Orleans.TestingHost;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Ids;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Rows;
using Xunit;

namespace OrleansShop.Strangler.Tests.Entities.Moves;

/// <summary>Books that move between a monolith and their grains on a silo, with losses at every call to something durable.</summary>
public sealed class MoveTests : IAsyncLifetime
{
    /// <summary>More calls to something durable than any road has.</summary>
    private const int MaxCalls = 30;

    private readonly LostAt _lost = new();
    private readonly LibraryUnderTest _library;
    private readonly IndexUnderTest _index;
    private readonly ViewUnderTest _view = new();
    private readonly EntityKind<Book> _kind;
    private InProcessTestCluster _cluster = null!;
    private long _one = 1;

    public MoveTests()
    {
        _library = new LibraryUnderTest(_lost);
        _index = new IndexUnderTest(_lost);
        var manifest = new EntityManifest("books", "book", "books", "id", [], [], []);
        _kind = new EntityKind<Book>(manifest, new BookMapping(), _index, _library, _view) { Ledger = _library };
    }

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorage("books");
            var inner = silo.Services.Single(service => service.ServiceType == typeof(IGrainStorage) && service.IsKeyedService && Equals(service.ServiceKey, "books"));
            silo.Services.Remove(inner);
            silo.Services.AddKeyedSingleton<IGrainStorage>("books", (provider, key) => new StorageUnderTest((IGrainStorage)inner.KeyedImplementationFactory!(provider, key), _lost));
            silo.Services.AddSingleton(_kind);
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task A_book_is_taken_when_somebody_asks_for_it_and_the_monolith_cannot_write_it_any_more()
    {
        _library.Write(_one, "first");

        Assert.Equal("first", await Book(_one).GetTitleAsync());

        Assert.Equal(new LedgerEntry(EntityOwner.Grains, Epoch: 1, Version: 0), _library.EntryOf(_one));
        Assert.Equal("first", _index.TitleOf(_one));
        Assert.Throws<BridgeRefusedException>(() => _library.Write(_one, "by the monolith"));
        await Book(_one).WriteAsync("second");
        Assert.Equal("second", _library.TitleOf(_one));
        Assert.Equal("second", await Book(_one).GetTitleAsync());
    }

    [Fact]
    public async Task What_is_served_needs_no_further_questions()
    {
        _library.Write(_one, "first");
        await Book(_one).GetTitleAsync();
        _lost.Choose(0, isAfter: false);

        await Book(_one).GetTitleAsync();

        Assert.Empty(_lost.Calls);
    }

    [Fact]
    public async Task A_book_goes_back_with_its_newest_rows_and_comes_again_in_a_later_epoch()
    {
        _library.Write(_one, "first");
        await Book(_one).WriteAsync("second");

        Enter(CapabilityPhase.Canary, 2);
        Assert.Equal(EntityOwner.Monolith, await Moving(_one).PlaceAsync());

        Assert.Equal(new LedgerEntry(EntityOwner.Monolith, Epoch: 2, Version: 2), _library.EntryOf(_one));
        Assert.Null(_index.TitleOf(_one));
        _library.Write(_one, "third");
        Assert.Equal("third", await Book(_one).GetTitleAsync());

        Enter(CapabilityPhase.Grains, 3);
        Assert.Equal(EntityOwner.Grains, await Moving(_one).PlaceAsync());
        Assert.Equal("third", await Book(_one).GetTitleAsync());
        Assert.Equal(3, _library.EntryOf(_one)!.Value.Epoch);
        await Book(_one).WriteAsync("fourth");
        Assert.True(_library.EntryOf(_one)!.Value.Version > 3);
    }

    [Fact]
    public async Task Until_it_is_placed_an_owner_serves_on_though_the_monolith_is_to_own_the_book()
    {
        _library.Write(_one, "first");
        await Book(_one).WriteAsync("second");
        Enter(CapabilityPhase.Canary, 2);

        await Book(_one).WriteAsync("third");

        Assert.Equal("third", await Book(_one).GetTitleAsync());
        Assert.Equal(EntityOwner.Grains, _library.EntryOf(_one)!.Value.Owner);
    }

    [Fact]
    public async Task A_new_book_is_made_in_the_first_epoch_and_one_that_the_rules_forbid_leaves_nothing()
    {
        await Book(_one).CreateAsync("first");
        Assert.Equal(new LedgerEntry(EntityOwner.Grains, LedgerEntry.CreationEpoch, Version: 1), _library.EntryOf(_one));

        Assert.Equal(BridgeRefusal.Constraint, (await Assert.ThrowsAsync<BridgeRefusedException>(() => Book(2).CreateAsync("bad"))).Reason);

        Assert.Null(await Book(2).GetTitleAsync());
        Assert.Null(_library.TitleOf(2));
        Assert.Null(_index.TitleOf(2));
        Assert.Empty(_index.Marks);

        // A late repetition of the creation finds that it was taken back.
        Assert.Equal(new LedgerEntry(EntityOwner.Grains, LedgerEntry.CreationEpoch, Version: 2), _library.EntryOf(2));
    }

    [Fact]
    public async Task A_write_that_the_rules_forbid_is_taken_back_and_a_late_repetition_of_it_refused()
    {
        _library.Write(_one, "first");
        await Book(_one).WriteAsync("second");
        EntityChange? refused = null;
        _library.BeforeApply = change => refused ??= change;

        await Assert.ThrowsAsync<BridgeRefusedException>(() => Book(_one).WriteAsync("bad"));

        Assert.Equal("second", await Book(_one).GetTitleAsync());
        Assert.Equal("second", _index.TitleOf(_one));
        var late = await Assert.ThrowsAsync<BridgeRefusedException>(() => _library.ApplyAsync([refused! with { Row = Row.Of(("id", _one), ("title", "late")) }]));
        Assert.Equal(BridgeRefusal.StaleVersion, late.Reason);
        Assert.Equal("second", _library.TitleOf(_one));
    }

    [Fact]
    public async Task A_deleted_book_stays_deleted()
    {
        _library.Write(_one, "first");

        await Book(_one).WriteAsync(null);

        Assert.Null(await Book(_one).GetTitleAsync());
        Assert.Null(_library.TitleOf(_one));
        Assert.Null(_index.TitleOf(_one));
        await Book(_one).EndActivationAsync();
        Assert.Null(await Book(_one).GetTitleAsync());
    }

    [Fact]
    public async Task Where_the_monolith_owns_a_book_it_is_read_and_written_there()
    {
        Enter(CapabilityPhase.Shadow, 2);
        _library.Write(_one, "first");

        Assert.Equal("first", await Book(_one).GetTitleAsync());
        await Book(_one).WriteAsync("second");

        Assert.Equal("second", _library.TitleOf(_one));
        Assert.Equal(LedgerEntry.Untouched, _library.EntryOf(_one));
        Assert.Null(_index.TitleOf(_one));
    }

    [Fact]
    public async Task A_write_for_the_monolith_finds_its_way_when_the_grains_are_to_own_the_book_after_all()
    {
        _view.Status = ViewUnderTest.In(CapabilityPhase.Shadow, 1);
        _library.Write(_one, "first");
        _library.Give(_one, new LedgerEntry(EntityOwner.Grains, Epoch: 1, Version: 0));
        _view.GoStale(ViewUnderTest.In(CapabilityPhase.Grains, 2));

        await Book(_one).WriteAsync("second");

        Assert.Equal("second", _library.TitleOf(_one));
        Assert.Equal("second", await Book(_one).GetTitleAsync());
        Assert.Equal("second", _index.TitleOf(_one));
    }

    [Fact]
    public async Task While_the_ledger_lets_nothing_be_taken_books_are_the_monoliths()
    {
        _library.Write(_one, "first");
        _library.AllowsTakes = false;

        Assert.Equal("first", await Book(_one).GetTitleAsync());
        await Book(_one).WriteAsync("second");
        Assert.Equal(EntityOwner.Monolith, await Moving(_one).PlaceAsync());

        Assert.Equal("second", _library.TitleOf(_one));
        Assert.True(_view.Refreshed > 0);
    }

    [Fact]
    public async Task A_stale_phase_is_refreshed_before_anything_is_taken_by_it()
    {
        _library.Write(_one, "first");
        _library.CapabilityEpoch = 2;
        _view.GoStale(ViewUnderTest.In(CapabilityPhase.Canary, 2));

        Assert.Equal("first", await Book(_one).GetTitleAsync());

        Assert.Equal(LedgerEntry.Untouched, _library.EntryOf(_one));
    }

    [Fact]
    public async Task An_activation_that_finds_its_book_given_back_forgets_it()
    {
        _library.Write(_one, "first");
        await Book(_one).WriteAsync("second");
        await Book(_one).EndActivationAsync();
        _library.Give(_one, new LedgerEntry(EntityOwner.Monolith, Epoch: 2, Version: 2));
        _library.Write(_one, "by the monolith");
        Enter(CapabilityPhase.Shadow, 2);

        Assert.Equal("by the monolith", await Book(_one).GetTitleAsync());
        Assert.Null(_index.TitleOf(_one));
    }

    [Fact]
    public async Task A_write_of_a_grain_that_is_not_the_owner_any_more_goes_to_where_the_book_is()
    {
        _library.Write(_one, "first");
        await Book(_one).WriteAsync("second");
        _library.Give(_one, new LedgerEntry(EntityOwner.Monolith, Epoch: 2, Version: 2));

        await Book(_one).WriteAsync("third");

        Assert.Equal("third", _library.TitleOf(_one));
        Assert.Equal(new LedgerEntry(EntityOwner.Grains, Epoch: 3, Version: _library.EntryOf(_one)!.Value.Version), _library.EntryOf(_one));
        Assert.Equal("third", await Book(_one).GetTitleAsync());
    }

    [Fact]
    public async Task What_was_taken_and_never_stored_can_be_given_back_though_nothing_may_be_taken()
    {
        _library.Write(_one, "first");
        _library.Give(_one, new LedgerEntry(EntityOwner.Grains, Epoch: 5, Version: 9));
        Enter(CapabilityPhase.Shadow, 2);
        _library.AllowsTakes = false;

        Assert.Equal(EntityOwner.Monolith, await Moving(_one).PlaceAsync());

        var entry = _library.EntryOf(_one)!.Value;
        Assert.Equal((EntityOwner.Monolith, 6L), (entry.Owner, entry.Epoch));
        _library.Write(_one, "by the monolith");
        Assert.Equal("by the monolith", await Book(_one).GetTitleAsync());
        Assert.Null(_index.TitleOf(_one));
    }

    [Fact]
    public async Task What_a_late_repetition_has_taken_can_be_given_back_after_the_grain_has_heard_of_its_epoch()
    {
        _library.Write(_one, "first");
        await Book(_one).GetTitleAsync();
        _library.Give(_one, new LedgerEntry(EntityOwner.Grains, Epoch: 3, Version: 1));
        Enter(CapabilityPhase.Shadow, 2);
        Assert.Equal("first", await Book(_one).GetTitleAsync());

        Assert.Equal(EntityOwner.Monolith, await Moving(_one).PlaceAsync());

        Assert.Equal((EntityOwner.Monolith, 4L), (_library.EntryOf(_one)!.Value.Owner, _library.EntryOf(_one)!.Value.Epoch));
    }

    [Fact]
    public async Task A_late_store_does_not_take_back_what_the_next_activation_has_applied()
    {
        _library.Write(_one, "first");
        await Book(_one).GetTitleAsync();
        _lost.Delays = ("store", Before: 1);
        await Assert.ThrowsAsync<BridgeUnavailableException>(() => Book(_one).WriteAsync("bad"));
        _library.HasRules = false;
        Assert.Equal("bad", await Book(_one).GetTitleAsync());

        await Assert.ThrowsAsync<InconsistentStateException>(_lost.Late!);

        await Book(_one).EndActivationAsync();
        Assert.Equal("bad", await Book(_one).GetTitleAsync());
        Assert.Equal("bad", _library.TitleOf(_one));
    }

    [Fact]
    public async Task A_copy_is_seen_by_marked_reads_only()
    {
        Enter(CapabilityPhase.Shadow, 2);
        _library.Write(_one, "at the monolith");
        await Moving(_one).ShadowAsync(BookMapping.Rows(_one, 0, "copied"));

        Assert.Equal("at the monolith", await Book(_one).GetTitleAsync());
        ShadowReads.Begin();
        var copy = await Book(_one).GetTitleAsync();
        ShadowReads.End();

        Assert.Equal("copied", copy);
        Assert.Null(_index.TitleOf(_one));
        Assert.Equal("at the monolith", await Book(_one).GetTitleAsync());
    }

    [Fact]
    public async Task A_copy_does_not_touch_a_book_that_its_grain_owns()
    {
        _library.Write(_one, "first");
        await Book(_one).WriteAsync("second");

        await Moving(_one).ShadowAsync(BookMapping.Rows(_one, 0, "late"));

        Assert.Equal("second", await Book(_one).GetTitleAsync());
    }

    [Fact]
    public async Task Epochs_go_on_over_a_ledger_that_was_removed_and_installed_again()
    {
        _library.Write(_one, "first");
        await Book(_one).WriteAsync("second");
        var late = _library.LastApplied!;
        Enter(CapabilityPhase.Shadow, 2);
        await Moving(_one).PlaceAsync();
        _library.Give(_one, LedgerEntry.Untouched);
        _library.Write(_one, "third");

        Enter(CapabilityPhase.Grains, 3);
        await Book(_one).GetTitleAsync();

        Assert.Equal(3, _library.EntryOf(_one)!.Value.Epoch);
        await Assert.ThrowsAsync<BridgeRefusedException>(() => _library.ApplyAsync([late]));
        Assert.Equal("third", _library.TitleOf(_one));
    }

    [Fact]
    public async Task New_ids_are_of_the_share_that_the_grains_are_to_own()
    {
        using var ids = new IdAllocator(_library, Options.Create(new IdAllocatorOptions()));
        _view.Status = ViewUnderTest.In(CapabilityPhase.Canary, 1, percent: 10);

        for (var count = 0; count < 20; count++)
        {
            var id = await _kind.NextIdAsync(ids, CancellationToken.None);
            Assert.True(EntityShare.Contains("book", $"{id}", 10));
        }

        _view.Status = ViewUnderTest.In(CapabilityPhase.Canary, 2, percent: 0);
        Assert.True(await _kind.NextIdAsync(ids, CancellationToken.None) > 0);
    }

    [Fact]
    public Task A_take_that_is_lost_anywhere_is_made_up_for() => LosesAsync(
        () =>
        {
            _library.Write(_one, "first");
            return Task.CompletedTask;
        },
        () => Book(_one).GetTitleAsync(),
        async () =>
        {
            Assert.Equal("first", await Book(_one).GetTitleAsync());
            Assert.Equal(EntityOwner.Grains, _library.EntryOf(_one)!.Value.Owner);
            Assert.Equal("first", _index.TitleOf(_one));
            await Book(_one).WriteAsync("second");
            Assert.Equal("second", _library.TitleOf(_one));
        });

    [Fact]
    public Task A_write_that_is_lost_anywhere_is_made_or_not_and_both_sides_agree() => LosesAsync(
        async () =>
        {
            _library.Write(_one, "first");
            await Book(_one).GetTitleAsync();
        },
        () => Book(_one).WriteAsync("second"),
        async () =>
        {
            var title = await Book(_one).GetTitleAsync();
            Assert.Contains(title, new[] { "first", "second" });
            Assert.Equal(title, _library.TitleOf(_one));
            await Moving(_one).SettleAsync();
            Assert.Equal(title, _index.TitleOf(_one));
            Assert.Empty(_index.Marks);
            await Book(_one).WriteAsync("third");
            Assert.Equal("third", _library.TitleOf(_one));
        });

    [Fact]
    public Task A_creation_that_is_lost_anywhere_is_made_or_not_and_both_sides_agree() => LosesAsync(
        static () => Task.CompletedTask,
        () => Book(_one).CreateAsync("first"),
        async () =>
        {
            var title = await Book(_one).GetTitleAsync();
            Assert.Equal(title, _library.TitleOf(_one));
            await Moving(_one).SettleAsync();
            Assert.Equal(title, _index.TitleOf(_one));
            Assert.Empty(_index.Marks);
        });

    [Fact]
    public Task A_refused_write_that_is_lost_anywhere_leaves_what_was_there() => LosesAsync(
        async () =>
        {
            _library.Write(_one, "first");
            await Book(_one).GetTitleAsync();
        },
        async () => await Assert.ThrowsAsync<BridgeRefusedException>(() => Book(_one).WriteAsync("bad")),
        async () =>
        {
            Assert.Equal("first", await Book(_one).GetTitleAsync());
            Assert.Equal("first", _library.TitleOf(_one));
            Assert.Equal("first", _index.TitleOf(_one));
        });

    [Fact]
    public Task A_return_that_is_lost_anywhere_is_made_up_for() => LosesAsync(
        async () =>
        {
            Enter(CapabilityPhase.Grains, _view.Status.Epoch + 1);
            _library.Write(_one, "first");
            await Book(_one).WriteAsync("second");
            Enter(CapabilityPhase.Shadow, _view.Status.Epoch + 1);
        },
        () => Moving(_one).PlaceAsync(),
        async () =>
        {
            Assert.Equal("second", await Book(_one).GetTitleAsync());
            Assert.Equal(EntityOwner.Monolith, await Moving(_one).PlaceAsync());
            Assert.Equal(EntityOwner.Monolith, _library.EntryOf(_one)!.Value.Owner);
            Assert.Null(_index.TitleOf(_one));
            _library.Write(_one, "third");
            Assert.Equal("third", await Book(_one).GetTitleAsync());
        });

    [Fact]
    public async Task What_is_written_of_a_retired_capability_is_the_grains_alone_and_nothing_is_compared()
    {
        _library.Write(_one, "first");
        await Book(_one).WriteAsync("second");
        Enter(CapabilityPhase.Retired, 2);
        await Book(_one).EndActivationAsync();
        _lost.Choose(0, isAfter: false);

        await Book(_one).WriteAsync("third");
        await Book(_one).EndActivationAsync();
        Assert.Equal("third", await Book(_one).GetTitleAsync());
        Assert.Equal(EntityOwner.Grains, await Moving(_one).PlaceAsync());

        Assert.DoesNotContain(_lost.Calls, static call => call is "apply" or "find" or "take" or "read" or "return");
        Assert.Equal(("second", "third"), (_library.TitleOf(_one), _index.TitleOf(_one)));
    }

    [Fact]
    public async Task What_was_made_after_the_retirement_is_kept_by_a_process_that_does_not_know_of_it_yet()
    {
        Enter(CapabilityPhase.Retired, 2);
        await Book(_one).CreateAsync("made");
        Assert.Null(_library.EntryOf(_one));
        await Book(_one).EndActivationAsync();
        _view.Status = ViewUnderTest.In(CapabilityPhase.Grains, 1);

        Assert.Equal("made", await Book(_one).GetTitleAsync());
        await Book(_one).WriteAsync("changed");
        Assert.Equal(EntityOwner.Grains, await Moving(_one).PlaceAsync());
        await Book(_one).EndActivationAsync();
        _view.Status = ViewUnderTest.In(CapabilityPhase.Canary, 1);

        Assert.Equal(EntityOwner.Grains, await Moving(_one).PlaceAsync());
        Assert.Equal("changed", await Book(_one).GetTitleAsync());
        Assert.Null(_library.TitleOf(_one));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_deletion_is_applied_after_the_retirement_too(bool isKnown)
    {
        if (isKnown)
        {
            _library.Write(_one, "first");
            await Book(_one).WriteAsync("second");
        }

        Enter(CapabilityPhase.Retired, 2);
        if (isKnown) await Book(_one).WriteAsync("third");
        else await Book(_one).CreateAsync("third");
        await Book(_one).WriteAsync(null);

        Assert.Null(await Book(_one).GetTitleAsync());
        Assert.Null(_library.TitleOf(_one));
        Assert.Equal(EntityOwner.Grains, _library.EntryOf(_one)!.Value.Owner);
        Assert.Null(_index.TitleOf(_one));
        await Book(_one).EndActivationAsync();
        Assert.Null(await Book(_one).GetTitleAsync());
    }

    [Fact]
    public async Task A_row_that_others_as_old_refer_to_stays_when_its_entity_is_deleted_after_the_retirement()
    {
        _library.Write(_one, "first");
        await Book(_one).WriteAsync("second");
        Enter(CapabilityPhase.Retired, 2);
        _library.BeforeApply = static _ => throw new BridgeRefusedException(BridgeRefusal.ForeignKey, "An old row refers to it.");

        await Book(_one).WriteAsync(null);

        Assert.Null(await Book(_one).GetTitleAsync());
        await Book(_one).EndActivationAsync();
        Assert.Null(await Book(_one).GetTitleAsync());
        Assert.Equal(("second", null), (_library.TitleOf(_one), _index.TitleOf(_one)));
    }

    [Fact]
    public async Task A_deletion_that_the_bridge_refuses_after_the_retirement_leaves_the_newest_value()
    {
        _library.Write(_one, "first");
        Enter(CapabilityPhase.Retired, 2);
        await Book(_one).WriteAsync("second");
        _library.BeforeApply = static _ => throw new BridgeRefusedException(BridgeRefusal.Schema, "The tables have changed.");

        await Assert.ThrowsAsync<BridgeRefusedException>(() => Book(_one).WriteAsync(null));

        Assert.Equal("second", await Book(_one).GetTitleAsync());
        await Book(_one).EndActivationAsync();
        Assert.Equal("second", await Book(_one).GetTitleAsync());
    }

    [Fact]
    public async Task A_return_that_a_crash_cut_off_before_the_retirement_is_ended_and_the_book_taken_back()
    {
        var epoch = 1L;
        await LosesAsync(
            prepare: async () =>
            {
                Enter(CapabilityPhase.Grains, ++epoch);
                _library.Write(_one, "first");
                await Book(_one).WriteAsync("second");
                Enter(CapabilityPhase.Canary, ++epoch);
            },
            act: () => Moving(_one).PlaceAsync(),
            check: async () =>
            {
                Enter(CapabilityPhase.Retired, ++epoch);
                Assert.Equal("second", await Book(_one).GetTitleAsync());
                Assert.Equal(EntityOwner.Grains, await Moving(_one).PlaceAsync());
                Assert.Equal((EntityOwner.Grains, "second"), (_library.EntryOf(_one)!.Value.Owner, _index.TitleOf(_one)));
            });
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(null, false)]
    [InlineData("third", true)]
    [InlineData("third", false)]
    public async Task A_write_that_is_lost_around_the_retirement_is_there_or_not_and_stays_so(string? title, bool isBefore)
    {
        var epoch = 1L;
        await LosesAsync(
            prepare: async () =>
            {
                Enter(CapabilityPhase.Grains, ++epoch);
                _library.Write(_one, "first");
                await Book(_one).WriteAsync("second");
                if (!isBefore) Enter(CapabilityPhase.Retired, ++epoch);
            },
            act: () => Book(_one).WriteAsync(title),
            check: async () =>
            {
                Enter(CapabilityPhase.Retired, ++epoch);
                var seen = await Book(_one).GetTitleAsync();
                Assert.True(seen == "second" || seen == title, seen);
                await Moving(_one).SettleAsync();
                await Book(_one).EndActivationAsync();
                Assert.Equal((seen, seen), (await Book(_one).GetTitleAsync(), _index.TitleOf(_one)));
                await Book(_one).WriteAsync("last");
                Assert.Equal(("last", "last"), (await Book(_one).GetTitleAsync(), _index.TitleOf(_one)));
                Assert.NotEqual("last", _library.TitleOf(_one));
            });
    }

    /// <summary>Does something to a new book each time, and loses the process before or after each of the calls to something durable that it makes.</summary>
    private async Task LosesAsync(Func<Task> prepare, Func<Task> act, Func<Task> check)
    {
        foreach (var isAfter in new[] { false, true })
        {
            var isReached = true;
            for (var call = 1; isReached; call++)
            {
                Assert.True(call <= MaxCalls, $"There are more than {MaxCalls} calls: {string.Join(", ", _lost.Calls)}");
                _one++;
                await prepare();
                _lost.Choose(call, isAfter);
                var failure = await Record.ExceptionAsync(act);
                isReached = _lost.IsReached;
                Assert.True(isReached || failure is null, $"{failure}");
                var calls = string.Join(", ", _lost.Calls);
                _lost.Choose(0, isAfter: false);
                await Book(_one).EndActivationAsync();

                if (await Record.ExceptionAsync(check) is { } wrong) Assert.Fail($"Lost {(isAfter ? "after" : "before")} the last of: {calls}\n{wrong}");
                Assert.True(isReached || call > 3, "too few calls were made to say anything");
            }
        }
    }

    private void Enter(CapabilityPhase phase, long epoch) =>
        (_view.Status, _library.CapabilityEpoch, _library.AllowsTakes) = (ViewUnderTest.In(phase, epoch), epoch, phase.MayOwnEntities());

    private IBookGrain Book(long id) => _cluster.Client.GetGrain<IBookGrain>(id);

    private IMigratableGrain Moving(long id) => Book(id).AsReference<IMigratableGrain>();
}
