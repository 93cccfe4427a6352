using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Rows;
using OrleansShop.Strangler.Sql.Databases;
using OrleansShop.Strangler.Sql.Users;
using OrleansShop.Testing.Emulators;
using OrleansShop.Testing.PostgreSql;
using Xunit;

namespace OrleansShop.Strangler.Sql.Tests.Schema;

/// <summary>The shared manifest against the tables and first rows that the monolith really makes.</summary>
public sealed class ClinicSchemaTests(PostgreSqlFixture server)
{
    [Fact]
    public async Task The_shared_manifest_fits_the_monolith_on_sqlite()
    {
        SQLitePCL.Batteries_V2.Init();
        var folder = Directory.CreateTempSubdirectory("strangler-clinic-");
        try
        {
            var connectionString = $"Data Source={Path.Combine(folder.FullName, "clinic.db")}";
            await using (var monolith = new SqliteConnection(connectionString + ";Pooling=False"))
            {
                await monolith.OpenAsync();
                await monolith.ExecuteAsync(Scripts("Sqlite"));
            }

            await ExpectFitAsync(new MonolithDatabaseOptions { ConnectionString = connectionString });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_shared_manifest_fits_the_monolith_on_postgresql()
    {
        await using var database = await server.CreateDatabaseAsync();
        await using (var monolith = new NpgsqlConnection(database.ConnectionString + ";Pooling=false"))
        {
            await monolith.OpenAsync();
            await monolith.ExecuteAsync(Scripts("PostgreSql"));
        }

        await ExpectFitAsync(new MonolithDatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = database.ConnectionString });
    }

    /// <summary>Every entity is read and applied as it is, and the next id is behind the first rows.</summary>
    private static async Task ExpectFitAsync(MonolithDatabaseOptions options)
    {
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationManager();
        configuration.AddCapabilityFile();
        var catalog = CapabilityCatalog.Read(configuration);
        await using var bridge = new SqlMonolithBridge(catalog, UserTable.Read(configuration), options);
        foreach (var entity in catalog.Capabilities.SelectMany(capability => capability.Entities))
        {
            var page = await bridge.ReadAsync(new RowQuery(entity.Capability, entity.Kind, WithTotal: true));
            Assert.NotEmpty(page.Items);

            await bridge.ApplyAsync([.. page.Items.Select(rows => EntityChange.Upsert(entity.Capability, rows, epoch: 0) with { Owner = EntityOwner.Monolith })]);

            Assert.Equal(page.Items, (await bridge.ReadAsync(new RowQuery(entity.Capability, entity.Kind))).Items);
            Assert.Equal([page.Total!.Value + 1], await bridge.AllocateIdsAsync(entity.Capability, entity.Kind, 1));
        }

        Assert.Equal(["ADMIN", "OWNER_ADMIN", "VET_ADMIN"], (await bridge.GetUserAsync("admin"))!.Roles);
    }

    private static string Scripts(string dialect) => string.Concat(
        Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "src/Clinic/OrleansShop.Clinic.Monolith/Schema", dialect), "*.sql")
            .Order(StringComparer.Ordinal).Select(File.ReadAllText));
}
