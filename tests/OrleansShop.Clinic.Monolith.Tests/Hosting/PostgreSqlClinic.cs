using Npgsql;
using OrleansShop.Testing.PostgreSql;

namespace OrleansShop.Clinic.Monolith.Tests.Hosting;

/// <summary>A monolith on a database of the test run's PostgreSQL.</summary>
public sealed class PostgreSqlClinic(PostgreSqlFixture server) : ClinicFixture
{
    private PostgreSqlDatabase? _database;

    public override IReadOnlyDictionary<string, string?> DatabaseSettings => new Dictionary<string, string?>
    {
        ["Database:Provider"] = "PostgreSql",
        ["Database:ConnectionString"] = ConnectionString,
    };

    private string ConnectionString => (_database ?? throw new InvalidOperationException("The fixture has not started.")).ConnectionString;

    public override async Task ExecuteSqlAsync(string sql)
    {
        await using var connection = new NpgsqlConnection($"{ConnectionString};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    protected override async Task CreateDatabaseAsync() => _database = await server.CreateDatabaseAsync();

    protected override async Task DropDatabaseAsync()
    {
        if (_database is not null) await _database.DisposeAsync();
    }
}
