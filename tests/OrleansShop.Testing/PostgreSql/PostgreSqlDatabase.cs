using Npgsql;

namespace OrleansShop.Testing.PostgreSql;

/// <summary>A database that a test class has for itself. Dropped when disposed, with whatever connections are still open.</summary>
public sealed class PostgreSqlDatabase : IAsyncDisposable
{
    private readonly string _serverConnectionString;
    private readonly string _name;

    private PostgreSqlDatabase(string serverConnectionString, string name)
    {
        _serverConnectionString = serverConnectionString;
        _name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(serverConnectionString) { Database = name }.ConnectionString;
    }

    public string ConnectionString { get; }

    internal static async Task<PostgreSqlDatabase> CreateAsync(string serverConnectionString)
    {
        var database = new PostgreSqlDatabase(serverConnectionString, $"test_{Guid.NewGuid():N}");
        await database.ExecuteOnServerAsync($"CREATE DATABASE {database._name} TEMPLATE template0 ENCODING 'UTF8'");
        return database;
    }

    /// <summary>Ends all connections and lets in no new ones, or lets them in again.</summary>
    public async Task RefuseConnectionsAsync(bool refuse)
    {
        await ExecuteOnServerAsync($"ALTER DATABASE {_name} ALLOW_CONNECTIONS {(refuse ? "false" : "true")}");
        if (refuse) await ExecuteOnServerAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{_name}'");
    }

    public async ValueTask DisposeAsync() => await ExecuteOnServerAsync($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");

    private async Task ExecuteOnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection($"{_serverConnectionString};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
