using System.Data.Common;
using Npgsql;
using OrleansShop.Strangler.Sql.Databases;
using OrleansShop.Testing.PostgreSql;
using TestDatabase = OrleansShop.Testing.PostgreSql.PostgreSqlDatabase;

namespace OrleansShop.Strangler.Sql.Tests;

public sealed class PostgreSqlUnderTest : MonolithDatabaseUnderTest
{
    private readonly TestDatabase _database;

    private PostgreSqlUnderTest(TestDatabase database)
    {
        _database = database;
        Options = new MonolithDatabaseOptions
        {
            Provider = DatabaseProvider.PostgreSql,
            ConnectionString = database.ConnectionString,
            LockTimeout = TimeSpan.FromSeconds(1),
        };
    }

    public override MonolithDatabaseOptions Options { get; }

    public static async Task<PostgreSqlUnderTest> CreateAsync(PostgreSqlFixture server)
    {
        var database = new PostgreSqlUnderTest(await server.CreateDatabaseAsync());
        await database.ExecuteAsync(TestSchema.PostgreSql);
        return database;
    }

    public override async Task<DbConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(_database.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    public override ValueTask DisposeAsync() => _database.DisposeAsync();
}
