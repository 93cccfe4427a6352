using Npgsql;
using Xunit;

namespace OrleansShop.Testing.PostgreSql;

/// <summary>
/// One PostgreSQL for a test process, started when the first test asks for a database: make it an assembly fixture
/// (<c>[assembly: AssemblyFixture(typeof(PostgreSqlFixture))]</c>) and take it in constructors. The environment variable ORLEANSSHOP_TEST_POSTGRES, a
/// connection string whose user may create databases, names a server to use instead. Without either, tests fail and say why.
/// </summary>
public sealed class PostgreSqlFixture : IAsyncLifetime
{
    public const string ServerVariable = "ORLEANSSHOP_TEST_POSTGRES";

    private readonly Lazy<Task<PostgreSqlServer>> _server = new(PostgreSqlServer.StartAsync);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A new, empty database of its own; dispose it to drop it.</summary>
    public async Task<PostgreSqlDatabase> CreateDatabaseAsync()
    {
        var server = Environment.GetEnvironmentVariable(ServerVariable) is { Length: > 0 } named ? named : (await _server.Value).ConnectionString;
        return await PostgreSqlDatabase.CreateAsync(server);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_server.IsValueCreated) return;

        NpgsqlConnection.ClearAllPools();
        PostgreSqlServer server;
        try
        {
            server = await _server.Value;
        }
        catch (InvalidOperationException)
        {
            // It never started; the tests that needed it have said so.
            return;
        }

        await server.DisposeAsync();
    }
}
