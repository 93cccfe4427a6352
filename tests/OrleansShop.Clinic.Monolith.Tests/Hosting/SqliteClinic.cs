using Microsoft.Data.Sqlite;

namespace OrleansShop.Clinic.Monolith.Tests.Hosting;

/// <summary>A monolith on a SQLite file in a temporary folder.</summary>
public sealed class SqliteClinic : ClinicFixture
{
    private string _folder = "";

    public override IReadOnlyDictionary<string, string?> DatabaseSettings => new Dictionary<string, string?> { ["Database:ConnectionString"] = ConnectionString };

    private string ConnectionString => $"Data Source={Path.Combine(_folder, "clinic.db")}";

    public override async Task ExecuteSqlAsync(string sql)
    {
        await using var connection = new SqliteConnection($"{ConnectionString};Foreign Keys=True;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    protected override Task CreateDatabaseAsync()
    {
        _folder = Directory.CreateTempSubdirectory("orleansshop-monolith-").FullName;
        return Task.CompletedTask;
    }

    protected override Task DropDatabaseAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }
}
