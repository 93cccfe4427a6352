using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Rows;
using OrleansShop.Testing.PostgreSql;
using Xunit;

namespace OrleansShop.Strangler.Sql.Tests.Ownership;

/// <summary>What changes hands and what is written for whom. Both databases keep all of it.</summary>
public abstract class OwnershipTests : LedgerTests
{
    [Fact]
    public async Task A_taken_entity_comes_with_its_rows_and_a_second_take_gives_the_same()
    {
        await GiveStationAsync("A", "Alpha");
        await AnnounceAsync(epoch: 1);

        var taken = await TakeAsync("A");
        var again = await TakeAsync("A");

        Assert.Equal(new LedgerEntry(EntityOwner.Grains, Epoch: 1, Version: 0), taken.Entry);
        Assert.Equal("Alpha", taken.Rows!.Row.Text("title"));
        Assert.Single(taken.Rows.ChildrenIn("platforms"));
        Assert.Equal(taken.Entry, again.Entry);
        Assert.Equal(taken.Rows, again.Rows);
        Assert.Equal(taken.Entry, await FindAsync("A"));
    }

    [Fact]
    public async Task Nothing_is_taken_of_what_is_not_there()
    {
        await AnnounceAsync(epoch: 1);

        Assert.Equal(new TakenEntity(Entry: null, Rows: null), await TakeAsync("A"));
        Assert.Null(await FindAsync("A"));
    }

    [Fact]
    public async Task Of_a_group_each_is_taken_as_it_would_be_alone()
    {
        await GiveStationAsync("A", "Alpha");
        await GiveStationAsync("B", "Beta");
        await GiveStationAsync("C", "Gamma");
        await AnnounceAsync(epoch: 1);
        await TakeAsync("C");
        await ApplyAsync(Station("C", "Gamma, second edition", version: 7));

        TakeRequest[] group = [Request("B"), Request("nowhere"), Request("A") with { SeenEpoch = 4 }, Request("C"), Request("A") with { CapabilityEpoch = 0 }, Request("B")];
        var answers = await Bridge.TakeAsync(group);
        var again = await Bridge.TakeAsync(group[..4]);

        Assert.Equal(new LedgerEntry(EntityOwner.Grains, Epoch: 1, Version: 0), answers[0].Taken!.Entry);
        Assert.Equal(("Beta", 1), (answers[0].Taken!.Rows!.Row.Text("title"), answers[0].Taken!.Rows!.ChildrenIn("platforms").Count));
        Assert.Equal(new TakeAnswer(Taken: null), answers[1]);
        Assert.Equal(new LedgerEntry(EntityOwner.Grains, Epoch: 5, Version: 0), answers[2].Taken!.Entry);
        Assert.Equal("Alpha", answers[2].Taken!.Rows!.Row.Text("title"));
        Assert.Equal((new LedgerEntry(EntityOwner.Grains, Epoch: 1, Version: 7), "Gamma, second edition"), (answers[3].Taken!.Entry, answers[3].Taken!.Rows!.Row.Text("title")));
        Assert.Equal((null, BridgeRefusal.StalePhase), (answers[4].Taken, answers[4].Refusal));
        Assert.Equal(new TakeAnswer(Taken: null), answers[5]);
        Assert.Equal(answers.Take(4).Select(static answer => answer.Taken), again.Select(static answer => answer.Taken));
        Assert.Equal([answers[0].Taken!.Entry, answers[2].Taken!.Entry, answers[3].Taken!.Entry, null], [await FindAsync("B"), await FindAsync("A"), await FindAsync("C"), await FindAsync("nowhere")]);
    }

    [Fact]
    public async Task Nothing_of_a_group_is_taken_without_a_complete_ledger()
    {
        await GiveStationAsync("A", "Alpha");
        Assert.Equal([BridgeRefusal.StalePhase], (await Bridge.TakeAsync([Request("A") with { CapabilityEpoch = 1 }])).Select(static answer => answer.Refusal));

        await AnnounceAsync(epoch: 1, takes: false);
        Assert.Equal([BridgeRefusal.StalePhase], (await Bridge.TakeAsync([Request("A")])).Select(static answer => answer.Refusal));
        Assert.Equal(LedgerEntry.Untouched, await FindAsync("A"));
    }

    [Fact]
    public async Task Nothing_is_taken_before_the_announcement_or_with_another_epoch_or_when_the_phase_does_not_let_it()
    {
        await GiveStationAsync("A", "Alpha");
        await RefusedAsync(BridgeRefusal.StalePhase, () => TakeAsync("A", capabilityEpoch: 1));

        await AnnounceAsync(epoch: 1, takes: false);
        await RefusedAsync(BridgeRefusal.StalePhase, () => TakeAsync("A", capabilityEpoch: 1));

        await AnnounceAsync(epoch: 2);
        await RefusedAsync(BridgeRefusal.StalePhase, () => TakeAsync("A", capabilityEpoch: 1));
        await RefusedAsync(BridgeRefusal.StalePhase, () => TakeAsync("A", capabilityEpoch: 3));

        Assert.Equal(LedgerEntry.Untouched, await FindAsync("A"));
        Assert.Equal(EntityOwner.Grains, (await TakeAsync("A", capabilityEpoch: 2)).Entry!.Value.Owner);
    }

    [Fact]
    public async Task A_grains_write_is_applied_in_its_epoch_with_growing_versions_only()
    {
        await GiveStationAsync("A", "Alpha");
        await AnnounceAsync(epoch: 1);
        await RefusedAsync(BridgeRefusal.NotOwner, () => ApplyAsync(Station("A", "too early", version: 1)));
        await TakeAsync("A");

        await ApplyAsync(Station("A", "two", version: 2));
        await ApplyAsync(Station("A", "two, repeated with other rows", version: 2));
        await RefusedAsync(BridgeRefusal.StaleVersion, () => ApplyAsync(Station("A", "one", version: 1)));
        await RefusedAsync(BridgeRefusal.NotOwner, () => ApplyAsync(Station("A", "other epoch", version: 3, epoch: 2)));
        await RefusedAsync(BridgeRefusal.NotOwner, () => ApplyAsync(Station("A", "as monolith", version: 3) with { Owner = EntityOwner.Monolith }));

        Assert.Equal("two", await TitleAsync("A"));
        Assert.Equal(new LedgerEntry(EntityOwner.Grains, Epoch: 1, Version: 2), await FindAsync("A"));
    }

    [Fact]
    public async Task A_returned_entity_has_the_newest_rows_and_is_the_monoliths_again()
    {
        await GiveStationAsync("A", "Alpha");
        await AnnounceAsync(epoch: 1);
        await TakeAsync("A");
        await ApplyAsync(Station("A", "one", version: 1));

        var returned = await Bridge.Ledger.ReturnAsync(Station("A", "two", version: 2));
        var again = await Bridge.Ledger.ReturnAsync(Station("A", "two", version: 2));

        Assert.Equal(new LedgerEntry(EntityOwner.Monolith, Epoch: 2, Version: 2), returned);
        Assert.Equal(returned, again);
        Assert.Equal("two", await TitleAsync("A"));
        await RefusedAsync(BridgeRefusal.NotOwner, () => ApplyAsync(Station("A", "late", version: 3)));
        await Database.ExecuteAsync("UPDATE station_list SET title = 'of the monolith'");
        await RefusedAsync(BridgeRefusal.NotOwner, () => Bridge.Ledger.ReturnAsync(Station("A", "late", version: 3, epoch: 7)));
        Assert.Equal("of the monolith", await TitleAsync("A"));
        Assert.Equal(new LedgerEntry(EntityOwner.Grains, Epoch: 3, Version: 2), (await TakeAsync("A")).Entry);
    }

    [Fact]
    public async Task A_return_with_less_than_was_applied_is_refused()
    {
        await GiveStationAsync("A", "Alpha");
        await AnnounceAsync(epoch: 1);
        await TakeAsync("A");
        await ApplyAsync(Station("A", "five", version: 5));

        await RefusedAsync(BridgeRefusal.StaleVersion, () => Bridge.Ledger.ReturnAsync(Station("A", "four", version: 4)));

        Assert.Equal(EntityOwner.Grains, (await FindAsync("A"))!.Value.Owner);
        Assert.Equal("five", await TitleAsync("A"));
    }

    [Fact]
    public async Task What_a_grain_makes_is_its_own_from_the_start_and_a_second_one_of_the_same_id_is_refused()
    {
        await AnnounceAsync(epoch: 1);

        await ApplyAsync(Station("A", "made", version: 1) with { IsCreation = true });
        await ApplyAsync(Station("A", "made", version: 1) with { IsCreation = true });

        Assert.Equal(new LedgerEntry(EntityOwner.Grains, LedgerEntry.CreationEpoch, Version: 1), await FindAsync("A"));
        await GiveStationAsync("B", "of the monolith");
        await RefusedAsync(BridgeRefusal.NotOwner, () => ApplyAsync(Station("B", "made", version: 1) with { IsCreation = true }));
    }

    [Fact]
    public async Task A_deleted_entity_leaves_a_tombstone_that_refuses_whatever_comes_late()
    {
        await GiveStationAsync("A", "Alpha");
        await AnnounceAsync(epoch: 1);
        await TakeAsync("A");

        await ApplyAsync(Station("A", null, version: 3));

        Assert.Equal(0, await Database.ScalarAsync<long>("SELECT COUNT(*) FROM platforms"));
        await RefusedAsync(BridgeRefusal.StaleVersion, () => ApplyAsync(Station("A", "late", version: 2)));
        await RefusedAsync(BridgeRefusal.NotOwner, () => ApplyAsync(Station("A", "as new", version: 1, epoch: 2) with { IsCreation = true }));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => GiveStationAsync("A", "again"));
        Assert.Equal(new TakenEntity(new LedgerEntry(EntityOwner.Grains, Epoch: 1, Version: 3), Rows: null), await TakeAsync("A"));
        Assert.Equal(new LedgerCounts(Monolith: 0, Grains: 0), await Bridge.Ledger.CountAsync("stations"));
        Assert.Equal(0, await Database.ScalarAsync<long>("SELECT COUNT(*) FROM station_list"));
    }

    [Fact]
    public async Task An_id_that_the_monolith_had_back_and_has_deleted_is_free_for_a_grain_that_knows_its_epochs()
    {
        await GiveStationAsync("A", "Alpha");
        await AnnounceAsync(epoch: 1);
        await TakeAsync("A");
        await Bridge.Ledger.ReturnAsync(Station("A", "back", version: 4));
        await RefusedAsync(BridgeRefusal.NotOwner, () => ApplyAsync(Station("A", "over the monolith's", version: 5, epoch: 3) with { IsCreation = true }));
        await Database.ExecuteAsync("DELETE FROM platforms; DELETE FROM station_list");

        await RefusedAsync(BridgeRefusal.NotOwner, () => ApplyAsync(Station("A", "late", version: 5, epoch: 2) with { IsCreation = true }));
        await ApplyAsync(Station("A", "again", version: 5, epoch: 3) with { IsCreation = true });

        Assert.Equal(new LedgerEntry(EntityOwner.Grains, Epoch: 3, Version: 5), await FindAsync("A"));
        Assert.Equal("again", await TitleAsync("A"));
    }

    [Fact]
    public async Task What_is_made_for_the_monolith_is_refused_if_it_is_there_on_either_side()
    {
        await AnnounceAsync(epoch: 1);
        var creation = Station("A", "made", version: 0, epoch: 0) with { Owner = EntityOwner.Monolith, IsCreation = true };

        await ApplyAsync(creation);
        await RefusedAsync(BridgeRefusal.Constraint, () => ApplyAsync(creation with { Row = Row.Of(("code", "A"), ("title", "other")) }));
        await TakeAsync("A");
        await RefusedAsync(BridgeRefusal.NotOwner, () => ApplyAsync(creation));

        Assert.Equal("made", await TitleAsync("A"));
    }

    [Fact]
    public async Task A_batch_of_which_one_is_refused_writes_nothing()
    {
        await GiveStationAsync("A", "Alpha");
        await GiveStationAsync("B", "Beta");
        await AnnounceAsync(epoch: 1);
        await TakeAsync("A");

        await RefusedAsync(BridgeRefusal.NotOwner, () => Bridge.ApplyAsync([Station("A", "written", version: 1), Station("B", "written too", version: 1)]));

        Assert.Equal("Alpha", await TitleAsync("A"));
        Assert.Equal(0, (await FindAsync("A"))!.Value.Version);
    }

    [Fact]
    public async Task What_a_service_writes_as_the_monolith_enters_ledger_and_feed_like_the_monoliths_own()
    {
        await AnnounceAsync(epoch: 1, takes: false, feeds: true);

        await ApplyAsync(Station("A", "made", version: 0) with { Owner = EntityOwner.Monolith });
        Assert.Equal(LedgerEntry.Untouched, await FindAsync("A"));
        Assert.Equal("A", (await Bridge.Ledger.ReadChangesAsync("stations", after: 0, limit: 10)).Items[0].Id);

        await ApplyAsync(Station("A", null, version: 0) with { Owner = EntityOwner.Monolith });
        Assert.Null(await FindAsync("A"));
    }

    [Fact]
    public async Task A_capability_without_a_ledger_is_written_as_it_is_but_not_by_what_comes_from_a_time_with_one()
    {
        await ApplyAsync(Station("A", "nine", version: 9, epoch: 0) with { Owner = EntityOwner.Monolith });
        await ApplyAsync(Station("A", "one", version: 1, epoch: 0) with { Owner = EntityOwner.Monolith });
        await ApplyAsync(Station("A", "two", version: 0, epoch: 4) with { Owner = EntityOwner.Monolith });

        // What has an epoch comes from a time in which there was a ledger.
        await RefusedAsync(BridgeRefusal.NotOwner, () => ApplyAsync(Station("A", "late", version: 10)));
        Assert.Equal("two", await TitleAsync("A"));
        Assert.Null(await FindAsync("A"));
        Assert.Equal(new LedgerCounts(Monolith: 1, Grains: 0), await Bridge.Ledger.CountAsync("stations"));
        await RefusedAsync(BridgeRefusal.NotOwner, () => Bridge.Ledger.ReturnAsync(Station("A", "two", version: 2)));
    }

    [Fact]
    public async Task The_ledger_is_listed_by_owner_in_the_order_of_ids_page_by_page()
    {
        for (var number = 1; number <= 12; number++)
        {
            await Database.InsertTypeAsync($"type {number}");
        }

        await Bridge.Ledger.AnnounceAsync(new CapabilityAnnouncement("pets", Epoch: 1, Fence: true, Takes: true, Feeds: false));
        foreach (var id in new[] { "2", "11", "12" })
        {
            await Bridge.Ledger.TakeAsync(new TakeRequest("pets", "pet-type", id, CapabilityEpoch: 1));
        }

        var first = await Bridge.Ledger.ListAsync(new LedgerQuery("pets", "pet-type", EntityOwner.Monolith, Limit: 5));
        var second = await Bridge.Ledger.ListAsync(new LedgerQuery("pets", "pet-type", EntityOwner.Monolith, first.Next, Limit: 5));
        var grains = await Bridge.Ledger.ListAsync(new LedgerQuery("pets", "pet-type", EntityOwner.Grains));

        Assert.Equal(["1", "3", "4", "5", "6"], first.Items.Select(item => item.Id));
        Assert.Equal(["7", "8", "9", "10"], second.Items.Select(item => item.Id));
        Assert.Null(second.Next);
        Assert.Equal(["2", "11", "12"], grains.Items.Select(item => item.Id));
        Assert.All(grains.Items, item => Assert.Equal(new LedgerEntry(EntityOwner.Grains, 1, 0), item.Entry));
        Assert.Equal(new LedgerCounts(Monolith: 9, Grains: 3), await Bridge.Ledger.CountAsync("pets"));
    }

    [Theory]
    [InlineData("017")]
    [InlineData("+1")]
    [InlineData("one")]
    public async Task An_id_that_is_not_written_as_the_database_writes_it_is_refused(string id)
    {
        await Bridge.Ledger.AnnounceAsync(new CapabilityAnnouncement("pets", Epoch: 1, Fence: true, Takes: true, Feeds: false));

        await RefusedAsync(BridgeRefusal.Invalid, () => Bridge.Ledger.TakeAsync(new TakeRequest("pets", "pet-type", id, CapabilityEpoch: 1)));
        await RefusedAsync(BridgeRefusal.Invalid, () => Bridge.Ledger.FindAsync("pets", "pet-type", id));
        await RefusedAsync(BridgeRefusal.Invalid, () => ApplyAsync(EntityChange.Delete("pets", "pet-type", id, version: 1, epoch: 1)));
    }

    [Fact]
    public async Task Questions_beyond_the_limits_are_refused()
    {
        Func<Task>[] questions =
        [
            () => Bridge.Ledger.AnnounceAsync(new CapabilityAnnouncement("nothing", 1, Fence: true, Takes: false, Feeds: false)),
            () => Bridge.Ledger.AnnounceAsync(new CapabilityAnnouncement(null!, 1, Fence: true, Takes: false, Feeds: false)),
            () => Bridge.Ledger.AnnounceAsync(new CapabilityAnnouncement("stations", -1, Fence: true, Takes: false, Feeds: false)),
            () => Bridge.Ledger.AnnounceAsync(new CapabilityAnnouncement("stations", 1, Fence: false, Takes: true, Feeds: false)),
            () => Bridge.Ledger.TakeAsync(new TakeRequest("stations", "station", new string('x', 1001), 1)),
            () => Bridge.Ledger.TakeAsync(new TakeRequest("stations", "pet", "1", 1)),
            () => Bridge.Ledger.TakeAsync(new TakeRequest("stations", "station", "", 1)),
            () => Bridge.TakeAsync([]),
            () => Bridge.TakeAsync([null!]),
            () => Bridge.TakeAsync([.. Enumerable.Range(0, TakeGroupRequest.MaxTakes + 1).Select(number => Request($"{number}"))]),
            () => Bridge.TakeAsync([Request("A"), new TakeRequest("pets", "pet-type", "1", 1)]),
            () => Bridge.Ledger.ListAsync(new LedgerQuery("stations", "station", EntityOwner.Grains, Limit: 0)),
            () => Bridge.Ledger.ListAsync(new LedgerQuery("stations", "station", EntityOwner.Grains, Limit: RowQuery.MaxLimit + 1)),
            () => Bridge.Ledger.ListAsync(new LedgerQuery("stations", "station", (EntityOwner)2)),
            () => Bridge.Ledger.CountAsync("nothing"),
            () => Bridge.Ledger.ReadChangesAsync("stations", after: -1, limit: 1),
            () => Bridge.Ledger.ReadChangesAsync("stations", after: 0, limit: 0),
            () => Bridge.Ledger.ReadChangesAsync("stations", after: 0, limit: 1001),
            () => Bridge.Ledger.ReturnAsync(Station("A", "x", version: -1)),
        ];

        foreach (var question in questions)
        {
            await RefusedAsync(BridgeRefusal.Invalid, question);
        }
    }
}

public sealed class SqliteOwnershipTests : OwnershipTests
{
    protected override async Task<MonolithDatabaseUnderTest> CreateDatabaseAsync() => await SqliteUnderTest.CreateAsync();
}

public sealed class PostgreSqlOwnershipTests(PostgreSqlFixture server) : OwnershipTests
{
    [Fact]
    public async Task A_group_passes_over_what_the_monolith_is_writing()
    {
        await GiveStationAsync("A", "Alpha");
        await GiveStationAsync("B", "Beta");
        await AnnounceAsync(epoch: 1);
        await using var monolith = await Database.ConnectAsync();
        await using (var writing = await monolith.BeginTransactionAsync())
        {
            await using var write = monolith.CreateCommand();
            write.CommandText = "UPDATE station_list SET title = 'Alpha, being written' WHERE code = 'A'";
            await write.ExecuteNonQueryAsync();

            var answers = await Bridge.TakeAsync([Request("A"), Request("B")]);
            Assert.Equal((new TakeAnswer(Taken: null), "Beta"), (answers[0], answers[1].Taken!.Rows!.Row.Text("title")));
            await writing.CommitAsync();
        }

        Assert.Equal("Alpha, being written", (await Bridge.TakeAsync([Request("A"), Request("B")]))[0].Taken!.Rows!.Row.Text("title"));
    }

    protected override async Task<MonolithDatabaseUnderTest> CreateDatabaseAsync() => await PostgreSqlUnderTest.CreateAsync(server);
}
