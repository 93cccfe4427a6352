using OrleansShop.Clinic.Monolith.Tests.Hosting;
using OrleansShop.Testing.PostgreSql;
using Xunit;

namespace OrleansShop.Clinic.Monolith.Tests.Schema;

public abstract class SchemaUpgradeContract(ClinicFixture clinic)
{
    [Fact]
    public async Task A_restart_keeps_what_was_acknowledged()
    {
        int owner, pet;
        await using (var first = await clinic.StartAnotherAsync())
        {
            owner = await first.Http.AddOwnerAsync("Kept");
            pet = await first.Http.AddPetAsync(owner);
            await first.Http.DeleteAsync($"pets/{await first.Http.AddPetAsync(owner)}");
        }

        await using var second = await clinic.StartAnotherAsync();

        var pets = (await second.Http.GetAsync($"owners/{owner}")).Json["pets"]!.AsArray();
        Assert.Equal(pet, Assert.Single(pets)!["id"]!.GetValue<int>());
    }

    [Fact]
    public async Task First_rows_come_once()
    {
        var owner = (await clinic.Http.GetAsync("owners/10")).Json;
        Assert.Equal("Estaban", owner["lastName"]!.GetValue<string>());

        await using var another = await clinic.StartAnotherAsync();

        Assert.Equal(6, (await another.Http.GetAsync("vets")).Json.AsArray().Count);
        Assert.Equal(3, (await another.Http.GetAsync("specialties")).Json.AsArray().Count);
    }

    [Fact]
    public async Task Processes_that_start_together_upgrade_once()
    {
        await using var fresh = await FreshAsync(isEmpty: true);

        var monoliths = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => fresh.StartAnotherAsync()));
        foreach (var monolith in monoliths)
        {
            Assert.Equal(10, (await monolith.Http.GetAsync("owners")).Json.AsArray().Count);
            await monolith.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_database_that_is_newer_than_the_program_is_not_touched()
    {
        await using var fresh = await FreshAsync();
        await fresh.ExecuteSqlAsync("INSERT INTO schema_version (version, script, fingerprint, applied_at) VALUES (99, '099_future', 'x', 'then')");

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => fresh.StartAnotherAsync());

        Assert.StartsWith("The database has schema version 99, this program knows versions up to 2", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_changed_after_it_ran_is_noticed()
    {
        await using var fresh = await FreshAsync();
        await fresh.ExecuteSqlAsync("UPDATE schema_version SET fingerprint = 'other' WHERE version = 1");

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => fresh.StartAnotherAsync());

        Assert.StartsWith("The schema script 001_clinic has changed since it ran on this database", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>A clinic that one test may ruin, with a database of its own.</summary>
    protected abstract ClinicFixture CreateClinic();

    private async Task<ClinicFixture> FreshAsync(bool isEmpty = false)
    {
        var fresh = CreateClinic();
        if (isEmpty) await fresh.InitializeEmptyAsync();
        else await fresh.InitializeAsync();
        return fresh;
    }
}

public sealed class SchemaUpgradeOnSqlite(SqliteClinic clinic) : SchemaUpgradeContract(clinic), IClassFixture<SqliteClinic>
{
    protected override ClinicFixture CreateClinic() => new SqliteClinic();
}

public sealed class SchemaUpgradeOnPostgreSql(PostgreSqlClinic clinic, PostgreSqlFixture server) : SchemaUpgradeContract(clinic), IClassFixture<PostgreSqlClinic>
{
    protected override ClinicFixture CreateClinic() => new PostgreSqlClinic(server);
}
