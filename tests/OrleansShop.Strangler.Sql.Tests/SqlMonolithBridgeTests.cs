using System.Globalization;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Rows;
using Xunit;

namespace OrleansShop.Strangler.Sql.Tests;

/// <summary>What the bridge promises of the monolith's rows. Both databases keep all of it.</summary>
public abstract class SqlMonolithBridgeTests : IAsyncLifetime
{
    protected MonolithDatabaseUnderTest Database { get; private set; } = null!;

    protected SqlMonolithBridge Bridge { get; private set; } = null!;

    protected abstract Task<MonolithDatabaseUnderTest> CreateDatabaseAsync();

    public async ValueTask InitializeAsync()
    {
        Database = await CreateDatabaseAsync();
        Bridge = new SqlMonolithBridge(TestManifest.Catalog(), TestManifest.Users, Database.Options);
    }

    public async ValueTask DisposeAsync()
    {
        await Bridge.DisposeAsync();
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Pages_follow_the_numeric_order_of_ids_and_end_where_the_table_ends()
    {
        for (var number = 1; number <= 12; number++)
        {
            await Database.InsertTypeAsync($"type {number}");
        }

        var first = await Bridge.ReadAsync(new RowQuery("pets", "pet-type", Limit: 6, WithTotal: true));
        var second = await Bridge.ReadAsync(new RowQuery("pets", "pet-type", Limit: 6, After: first.Next));

        Assert.Equal(Ids(1, 6), first.Items.Select(item => item.Id));
        Assert.Equal("6", first.Next);
        Assert.Equal(12, first.Total);
        Assert.Equal(Ids(7, 12), second.Items.Select(item => item.Id));
        Assert.Null(second.Next);
        Assert.Null(second.Total);
    }

    [Fact]
    public async Task A_row_comes_with_its_dates_as_text_and_without_columns_that_the_database_computes()
    {
        await GiveOwnerAndPetAsync();

        var pet = Assert.Single((await Bridge.ReadAsync(new RowQuery("pets", "pet"))).Items);
        var owner = Assert.Single((await Bridge.ReadAsync(new RowQuery("owners", "owner"))).Items);

        Assert.Equal(Row.Of(("id", 1), ("name", "Leo"), ("birth_date", "2000-09-07"), ("type_id", 1), ("owner_id", 1)), pet.Row);
        Assert.Equal("none", owner.Row.Text("note"));
        Assert.False(owner.Row.Columns.ContainsKey("last_name_length"));
    }

    [Fact]
    public async Task Rows_are_found_by_key_and_by_declared_references_only()
    {
        await GiveOwnerAndPetAsync();
        await Database.ExecuteAsync("INSERT INTO pets (name, birth_date, type_id, owner_id) VALUES ('Basil', '2002-08-06', 1, 1)");

        var byOwner = await Bridge.ReadAsync(new RowQuery("pets", "pet", "owner_id", ["1", "77"], WithTotal: true));
        var byKey = await Bridge.ReadAsync(new RowQuery("pets", "pet", "id", ["2"]));
        var byName = await Assert.ThrowsAsync<BridgeRefusedException>(() => Bridge.ReadAsync(new RowQuery("pets", "pet", "name", ["Leo"])));

        Assert.Equal(["1", "2"], byOwner.Items.Select(item => item.Id));
        Assert.Equal(2, byOwner.Total);
        Assert.Equal("Basil", Assert.Single(byKey.Items).Row.Text("name"));
        Assert.Equal(BridgeRefusal.Invalid, byName.Reason);
        Assert.Contains("id, owner_id, type_id", byName.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entity_comes_with_the_rows_of_its_child_tables()
    {
        await GiveVetsAsync();

        var vets = await Bridge.ReadAsync(new RowQuery("vets", "vet"));

        Assert.Empty(vets.Items[0].ChildrenIn("vet_specialties"));
        Assert.Equal([1, 2], vets.Items[1].ChildrenIn("vet_specialties").Select(row => row.Int32("specialty_id")));
    }

    [Fact]
    public async Task An_upsert_inserts_updates_and_replaces_child_rows()
    {
        await GiveVetsAsync();
        await Bridge.ApplyAsync([Vet("9", "Ada", "Lovelace", 1, 2), Vet("2", "Grace", "Hopper", 2)]);

        var vets = (await Bridge.ReadAsync(new RowQuery("vets", "vet"))).Items;

        Assert.Equal(["1", "2", "9"], vets.Select(vet => vet.Id));
        Assert.Equal("Hopper", vets[1].Row.Text("last_name"));
        Assert.Equal([2], vets[1].ChildrenIn("vet_specialties").Select(row => row.Int32("specialty_id")));
        Assert.Equal([1, 2], vets[2].ChildrenIn("vet_specialties").Select(row => row.Int32("specialty_id")));
    }

    [Fact]
    public async Task Columns_that_a_change_does_not_name_keep_what_they_hold()
    {
        await GiveOwnerAndPetAsync();
        await Database.ExecuteAsync("UPDATE owners SET note = 'pays late'");
        await Bridge.ApplyAsync([Owner("1", "Müller"), Owner("7", "O'Hara")]);

        Assert.Equal("pays late", await Database.ScalarAsync<string>("SELECT note FROM owners WHERE id = 1"));
        Assert.Equal("none", await Database.ScalarAsync<string>("SELECT note FROM owners WHERE id = 7"));
        Assert.Equal(6, await Database.ScalarAsync<long>("SELECT last_name_length FROM owners WHERE id = 1"));
    }

    [Fact]
    public async Task Applying_a_change_again_changes_nothing()
    {
        await GiveVetsAsync();
        var changes = new[] { Vet("2", "Grace", "Hopper", 1), EntityChange.Delete("vets", "vet", "1", version: 3, epoch: 0) with { Owner = EntityOwner.Monolith } };
        await Bridge.ApplyAsync(changes);
        var once = await Bridge.ReadAsync(new RowQuery("vets", "vet"));

        await Bridge.ApplyAsync(changes);

        Assert.Equal(once.Items, (await Bridge.ReadAsync(new RowQuery("vets", "vet"))).Items);
    }

    [Fact]
    public async Task Deleting_an_entity_deletes_its_child_rows_and_a_missing_one_is_no_fault()
    {
        await GiveVetsAsync();

        await Bridge.ApplyAsync([EntityChange.Delete("vets", "vet", "2", version: 1, epoch: 0) with { Owner = EntityOwner.Monolith }, EntityChange.Delete("vets", "vet", "404", version: 1, epoch: 0) with { Owner = EntityOwner.Monolith }]);

        Assert.Equal(0, await Database.ScalarAsync<long>("SELECT COUNT(*) FROM vet_specialties"));
        Assert.Equal("1", Assert.Single((await Bridge.ReadAsync(new RowQuery("vets", "vet"))).Items).Id);
    }

    [Fact]
    public async Task A_batch_takes_effect_as_a_whole_or_not_at_all()
    {
        await GiveOwnerAndPetAsync();

        var refused = await Assert.ThrowsAsync<BridgeRefusedException>(() => Bridge.ApplyAsync(
            [Owner("5", "Early"), Pet("8", ownerId: 4711)]));

        Assert.Equal(BridgeRefusal.ForeignKey, refused.Reason);
        Assert.Equal("1", Assert.Single((await Bridge.ReadAsync(new RowQuery("owners", "owner"))).Items).Id);
    }

    [Fact]
    public async Task Deleting_what_is_still_referred_to_is_refused()
    {
        await GiveOwnerAndPetAsync();

        var refused = await Assert.ThrowsAsync<BridgeRefusedException>(() =>
            Bridge.ApplyAsync([EntityChange.Delete("owners", "owner", "1", version: 1, epoch: 0) with { Owner = EntityOwner.Monolith }]));

        Assert.Equal(BridgeRefusal.ForeignKey, refused.Reason);
    }

    [Fact]
    public async Task A_row_that_breaks_the_schema_is_refused()
    {
        var missing = EntityChange.Upsert("owners", new EntityRows("owner", "3", 1, Row.Of(("id", 3), ("first_name", "No"), ("last_name", "Address"))), epoch: 0) with { Owner = EntityOwner.Monolith };

        var refused = await Assert.ThrowsAsync<BridgeRefusedException>(() => Bridge.ApplyAsync([missing]));

        Assert.Equal(BridgeRefusal.Constraint, refused.Reason);
    }

    [Theory]
    [InlineData("name", 5)]
    [InlineData("type_id", "one")]
    [InlineData("no_such_column", "x")]
    [InlineData("id", 9)]
    public async Task A_row_that_does_not_fit_its_table_is_refused(string column, object value)
    {
        await GiveOwnerAndPetAsync();
        var columns = Pet("8", ownerId: 1).Row!.Columns.ToDictionary();
        columns[column] = value;

        var refused = await Assert.ThrowsAsync<BridgeRefusedException>(() => Bridge.ApplyAsync([Pet("8", ownerId: 1) with { Row = new Row(columns) }]));

        Assert.Equal(BridgeRefusal.Invalid, refused.Reason);
    }

    [Fact]
    public async Task Child_rows_of_another_entity_or_of_an_unknown_table_are_refused()
    {
        await GiveVetsAsync();
        var ofAnother = Vet("2", "Grace", "Hopper") with { Children = Children("vet_specialties", Row.Of(("vet_id", 1), ("specialty_id", 1))) };
        var ofNoTable = Vet("2", "Grace", "Hopper") with { Children = Children("specialties", Row.Of(("id", 2))) };

        Assert.Equal(BridgeRefusal.Invalid, (await Assert.ThrowsAsync<BridgeRefusedException>(() => Bridge.ApplyAsync([ofAnother]))).Reason);
        Assert.Equal(BridgeRefusal.Invalid, (await Assert.ThrowsAsync<BridgeRefusedException>(() => Bridge.ApplyAsync([ofNoTable]))).Reason);
    }

    [Fact]
    public async Task Allocated_ids_follow_the_monoliths_and_never_come_again()
    {
        Assert.Equal([1L, 2, 3], await Bridge.AllocateIdsAsync("pets", "pet-type", 3));
        Assert.Equal(4, await Database.InsertTypeAsync("of the monolith"));
        Assert.Equal([5L, 6], await Bridge.AllocateIdsAsync("pets", "pet-type", 2));

        await Database.ExecuteAsync("DELETE FROM types");

        Assert.Equal(7, await Database.InsertTypeAsync("after a deletion"));
    }

    [Fact]
    public async Task Ids_are_unique_while_monolith_and_services_take_them_at_once()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(async number => number % 2 == 0
            ? await Bridge.AllocateIdsAsync("pets", "pet-type", 5)
            : [await Database.InsertTypeAsync($"type {number}")]));

        var ids = taken.SelectMany(static ids => ids).ToList();
        Assert.Equal(60, ids.Count);
        Assert.Equal(60, ids.Distinct().Count());
    }

    [Fact]
    public async Task A_row_with_an_id_beyond_the_sequence_moves_the_sequence_past_it()
    {
        await Bridge.ApplyAsync([Type("100")]);

        Assert.Equal(101, await Database.InsertTypeAsync("of the monolith"));
        Assert.Equal([102L], await Bridge.AllocateIdsAsync("pets", "pet-type", 1));

        await Bridge.ApplyAsync([Type("50")]);

        Assert.Equal(103, await Database.InsertTypeAsync("of the monolith again"));
    }

    [Fact]
    public async Task Ids_of_a_kind_without_a_sequence_are_refused()
    {
        var refused = await Assert.ThrowsAsync<BridgeRefusedException>(() => Bridge.AllocateIdsAsync("stations", "station", 1));

        Assert.Equal(BridgeRefusal.NoSequence, refused.Reason);
    }

    [Fact]
    public async Task Text_keys_and_every_type_of_column_make_the_round_trip()
    {
        var rows = new EntityRows("station", "ÄB \"'", 4,
            Row.Of(("code", "ÄB \"'"), ("title", "駅 ; DROP TABLE users"), ("opened", new DateOnly(1899, 12, 31)), ("staffed", true),
                ("surveyed", "2020-02-29T12:00:00.000000Z"), ("height", 12.5m)),
            Children(("platforms", [Row.Of(("station", "ÄB \"'"), ("number", 1)), Row.Of(("station", "ÄB \"'"), ("number", 2))]), ("signs", [])));

        await Bridge.ApplyAsync([EntityChange.Upsert("stations", rows, epoch: 0) with { Owner = EntityOwner.Monolith }]);
        var read = Assert.Single((await Bridge.ReadAsync(new RowQuery("stations", "station", "code", ["ÄB \"'"]))).Items);

        Assert.Equal(12.5m, Convert.ToDecimal(read.Row["height"], CultureInfo.InvariantCulture));
        Assert.Equal(Without(rows.Row, "height"), Without(read.Row, "height"));
        Assert.Equal(rows.ChildrenIn("platforms"), read.ChildrenIn("platforms"));
        Assert.Empty(read.ChildrenIn("signs"));
    }

    [Fact]
    public async Task Nulls_make_the_round_trip_and_a_reference_may_be_a_date()
    {
        await Bridge.ApplyAsync([Station("A", null), Station("B", "2001-01-01"), Station("C", "2001-01-02")]);

        var all = await Bridge.ReadAsync(new RowQuery("stations", "station", After: "A"));
        var opened = await Bridge.ReadAsync(new RowQuery("stations", "station", "opened", ["2001-01-01"]));

        Assert.Equal(["B", "C"], all.Items.Select(item => item.Id));
        Assert.Equal("B", Assert.Single(opened.Items).Id);
        Assert.Null((await Bridge.ReadAsync(new RowQuery("stations", "station", "code", ["A"]))).Items[0].Row["opened"]);
    }

    [Fact]
    public async Task A_second_row_with_a_unique_value_is_refused()
    {
        await Bridge.ApplyAsync([Station("A", null)]);

        var twin = Station("B", null);
        twin = twin with { Row = Row.Of(("code", "B"), ("title", twin.Row!.Text("title").Replace("B", "A", StringComparison.Ordinal))) };

        Assert.Equal(BridgeRefusal.Constraint, (await Assert.ThrowsAsync<BridgeRefusedException>(() => Bridge.ApplyAsync([twin]))).Reason);
    }

    [Fact]
    public async Task A_user_comes_with_roles_and_a_missing_one_is_null()
    {
        await Database.ExecuteAsync("INSERT INTO users (username, password, enabled) VALUES ('admin', 'hash', TRUE), ('gone', 'x', FALSE)");
        await Database.ExecuteAsync("INSERT INTO roles (username, role) VALUES ('admin', 'VET_ADMIN'), ('admin', 'ADMIN')");

        var admin = await Bridge.GetUserAsync("admin");

        Assert.Equal(("admin", "hash", true), (admin!.Username, admin.PasswordHash, admin.Enabled));
        Assert.Equal(["ADMIN", "VET_ADMIN"], admin.Roles);
        Assert.False((await Bridge.GetUserAsync("gone"))!.Enabled);
        Assert.Null(await Bridge.GetUserAsync("' OR 1=1 --"));
    }

    [Theory]
    [InlineData("vets", "pet")]
    [InlineData("nothing", "vet")]
    public async Task An_unknown_kind_is_refused(string capability, string kind)
    {
        Assert.Equal(BridgeRefusal.Invalid, (await Assert.ThrowsAsync<BridgeRefusedException>(() => Bridge.ReadAsync(new RowQuery(capability, kind)))).Reason);
        Assert.Equal(BridgeRefusal.Invalid, (await Assert.ThrowsAsync<BridgeRefusedException>(() => Bridge.AllocateIdsAsync(capability, kind, 1))).Reason);
    }

    [Fact]
    public async Task Questions_beyond_the_limits_are_refused()
    {
        Func<Task>[] questions =
        [
            () => Bridge.ReadAsync(new RowQuery("vets", "vet", Limit: 0)),
            () => Bridge.ReadAsync(new RowQuery("vets", "vet", Limit: RowQuery.MaxLimit + 1)),
            () => Bridge.ReadAsync(new RowQuery("vets", "vet", "id", [.. Ids(1, RowQuery.MaxValues + 1)])),
            () => Bridge.ReadAsync(new RowQuery("vets", "vet", "id", [])),
            () => Bridge.ReadAsync(new RowQuery("vets", "vet", "id")),
            () => Bridge.ReadAsync(new RowQuery("vets", "vet", "id", ["one"])),
            () => Bridge.ReadAsync(new RowQuery("vets", "vet", After: "one")),
            () => Bridge.AllocateIdsAsync("vets", "vet", 0),
            () => Bridge.AllocateIdsAsync("vets", "vet", 1001),
            () => Bridge.ApplyAsync([]),
            () => Bridge.ApplyAsync([.. Ids(1, EntityChange.MaxBatch + 1).Select(id => Type(id))]),
        ];

        foreach (var question in questions)
        {
            Assert.Equal(BridgeRefusal.Invalid, (await Assert.ThrowsAsync<BridgeRefusedException>(question)).Reason);
        }
    }

    protected static EntityChange Type(string id) =>
        EntityChange.Upsert("pets", new EntityRows("pet-type", id, 1, Row.Of(("id", int.Parse(id)), ("name", "type " + id))), epoch: 0) with { Owner = EntityOwner.Monolith };

    protected static EntityChange Owner(string id, string lastName) =>
        EntityChange.Upsert("owners", new EntityRows("owner", id, 1, Row.Of(
            ("id", int.Parse(id)), ("first_name", "Jo"), ("last_name", lastName), ("address", "1 Way"), ("city", "Town"), ("telephone", "123"))), epoch: 0) with
        { Owner = EntityOwner.Monolith };

    private static EntityChange Pet(string id, int ownerId) =>
        EntityChange.Upsert("pets", new EntityRows("pet", id, 1, Row.Of(
            ("id", int.Parse(id)), ("name", "Rex"), ("birth_date", new DateOnly(2020, 1, 2)), ("type_id", 1), ("owner_id", ownerId))), epoch: 0) with
        { Owner = EntityOwner.Monolith };

    private static EntityChange Vet(string id, string firstName, string lastName, params int[] specialties) =>
        EntityChange.Upsert("vets", new EntityRows("vet", id, 1, Row.Of(("id", int.Parse(id)), ("first_name", firstName), ("last_name", lastName)),
            Children("vet_specialties", [.. specialties.Select(specialty => Row.Of(("vet_id", int.Parse(id)), ("specialty_id", specialty)))])), epoch: 0) with
        { Owner = EntityOwner.Monolith };

    private static EntityChange Station(string code, string? opened) =>
        EntityChange.Upsert("stations", new EntityRows("station", code, 1, Row.Of(("code", code), ("title", "Station " + code), ("opened", opened))), epoch: 0) with { Owner = EntityOwner.Monolith };

    private static Dictionary<string, IReadOnlyList<Row>> Children(string table, params Row[] rows) => new() { [table] = rows };

    private static Dictionary<string, IReadOnlyList<Row>> Children(params (string Table, Row[] Rows)[] tables) =>
        tables.ToDictionary(table => table.Table, table => (IReadOnlyList<Row>)table.Rows);

    private static Row Without(Row row, string column) => new(row.Columns.Where(pair => pair.Key != column));

    private static IEnumerable<string> Ids(int first, int last) =>
        Enumerable.Range(first, last - first + 1).Select(id => id.ToString(CultureInfo.InvariantCulture));

    private async Task GiveOwnerAndPetAsync()
    {
        await Database.InsertTypeAsync("cat");
        await Database.ExecuteAsync("INSERT INTO owners (first_name, last_name, address, city, telephone) VALUES ('George', 'Franklin', '110 W.', 'Madison', '608')");
        await Database.ExecuteAsync("INSERT INTO pets (name, birth_date, type_id, owner_id) VALUES ('Leo', '2000-09-07', 1, 1)");
    }

    private async Task GiveVetsAsync()
    {
        await Database.ExecuteAsync("INSERT INTO specialties (name) VALUES ('radiology'), ('surgery')");
        await Database.ExecuteAsync("INSERT INTO vets (first_name, last_name) VALUES ('James', 'Carter'), ('Helen', 'Leary')");
        await Database.ExecuteAsync("INSERT INTO vet_specialties (vet_id, specialty_id) VALUES (2, 1), (2, 2)");
    }
}
