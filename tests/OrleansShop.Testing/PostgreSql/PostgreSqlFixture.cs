using Npgsql;
using OrleansShop.Testing.Emulators;

namespace OrleansShop.Testing.PostgreSql;

/// <summary>
/// One PostgreSQL for a test process. The environment variable ORLEANSSHOP_TEST_POSTGRES, a connection string whose user may create databases, names a server
/// to use instead.
/// </summary>
public sealed class PostgreSqlFixture() : EmulatorFixture(ServerVariable, PostgreSqlServer.StartAsync)
{
    public const string ServerVariable = "ORLEANSSHOP_TEST_POSTGRES";

    /// <summary>A new, empty database of its own; dispose it to drop it.</summary>
    public async Task<PostgreSqlDatabase> CreateDatabaseAsync() => await PostgreSqlDatabase.CreateAsync(await EndpointAsync());

    public override async ValueTask DisposeAsync()
    {
        // Connections of the pool would break with the server.
        NpgsqlConnection.ClearAllPools();
        await base.DisposeAsync();
    }
}
