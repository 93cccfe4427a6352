using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Sql.Users;
using Xunit;

namespace OrleansShop.Strangler.Sql.Tests.Schema;

public sealed class ManifestCheckTests : IAsyncLifetime
{
    private SqliteUnderTest _database = null!;

    public async ValueTask InitializeAsync() => _database = await SqliteUnderTest.CreateAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static IEnumerable<(string Key, string? Value)> Ports =>
    [
        ("Capabilities:stations:Entities:1:Kind", "port"), ("Capabilities:stations:Entities:1:Table", "ports"),
        ("Capabilities:stations:Entities:1:KeyColumn", "name"), ("Capabilities:stations:Entities:1:KeyType", "Text"),
    ];

    [Fact]
    public async Task The_clinics_manifest_fits_the_clinics_schema()
    {
        await using var bridge = new SqlMonolithBridge(TestManifest.Catalog(), TestManifest.Users, _database.Options);

        await bridge.CheckSchemaAsync();
    }

    [Theory]
    [InlineData("Capabilities:owners:Entities:0:Table", "ownerz", "a table of the monolith's database")]
    [InlineData("Capabilities:owners:Entities:0:Table", "Owners", "a table of the monolith's database")]
    [InlineData("Capabilities:owners:Entities:0:KeyColumn", "idd", "a column of the table owners: id, first_name")]
    [InlineData("Capabilities:owners:Entities:0:KeyColumn", "city", "the whole primary key of the table owners")]
    [InlineData("Capabilities:owners:Entities:0:KeyType", "Text", "Integer, because owners.id is of the type INTEGER")]
    [InlineData("Capabilities:stations:Entities:0:KeyType", "Uuid", "Text, because station_list.code is of the type VARCHAR(10)")]
    [InlineData("Capabilities:pets:Entities:1:References:0", "owner", "a column of the table pets")]
    [InlineData("Capabilities:vets:Entities:1:ChildTables:0:Table", "vet_specialty", "a table of the monolith's database")]
    [InlineData("Capabilities:vets:Entities:1:ChildTables:0:KeyColumn", "vet", "a column of the table vet_specialties")]
    public async Task What_the_database_does_not_have_is_named_by_its_configuration_key(string key, string value, string wanted)
    {
        await using var bridge = new SqlMonolithBridge(TestManifest.Catalog((key, value)), TestManifest.Users, _database.Options);

        var faults = (await Assert.ThrowsAsync<CapabilityConfigurationException>(() => bridge.CheckSchemaAsync())).Faults;

        var fault = Assert.Single(faults);
        Assert.Equal((key, value), (fault.Key, fault.Given));
        Assert.Contains(wanted, fault.Wanted, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TEXT COLLATE NOCASE", "a column whose collation tells every two texts apart; ports.name has NOCASE, to which different texts are one key")]
    [InlineData("DATE", "a column of whole numbers, texts or unique ids; ports.name is of the type DATE")]
    public async Task A_key_that_is_no_id_is_a_fault(string type, string wanted)
    {
        await _database.ExecuteAsync($"CREATE TABLE ports (name {type} NOT NULL PRIMARY KEY)");
        await using var bridge = new SqlMonolithBridge(TestManifest.Catalog([.. Ports]), TestManifest.Users, _database.Options);

        var fault = Assert.Single((await Assert.ThrowsAsync<CapabilityConfigurationException>(() => bridge.CheckSchemaAsync())).Faults);

        Assert.Equal(("Capabilities:stations:Entities:1:KeyColumn", "name", wanted), (fault.Key, fault.Given, fault.Wanted));
    }

    [Fact]
    public async Task All_faults_come_at_once()
    {
        var users = TestManifest.Users with { RoleColumn = "rank", Table = "people" };
        var catalog = TestManifest.Catalog(("Capabilities:owners:Entities:0:Table", "ownerz"), ("Capabilities:visits:Entities:0:References:0", "animal_id"));
        await using var bridge = new SqlMonolithBridge(catalog, users, _database.Options);

        var faults = (await Assert.ThrowsAsync<CapabilityConfigurationException>(() => bridge.CheckSchemaAsync())).Faults;

        Assert.Equal(
            ["Capabilities:owners:Entities:0:Table", "Capabilities:visits:Entities:0:References:0", $"{UserTable.Section}:RoleColumn", $"{UserTable.Section}:Table"],
            faults.Select(fault => fault.Key).Order());
    }

    [Fact]
    public async Task A_table_with_a_column_that_rows_do_not_carry_is_a_fault()
    {
        await _database.ExecuteAsync("ALTER TABLE owners ADD COLUMN photo BLOB");
        await using var bridge = new SqlMonolithBridge(TestManifest.Catalog(), TestManifest.Users, _database.Options);

        var faults = (await Assert.ThrowsAsync<CapabilityConfigurationException>(() => bridge.CheckSchemaAsync())).Faults;

        Assert.Contains("photo is of the type BLOB", Assert.Single(faults).Wanted, StringComparison.Ordinal);
    }
}
