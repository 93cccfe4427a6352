using System.Data.Common;
using Dapper;
using OrleansShop.Strangler.Sql.Databases;

namespace OrleansShop.Strangler.Sql.Tests;

/// <summary>A database with the test schema, and a connection as the monolith's own process would have one.</summary>
public abstract class MonolithDatabaseUnderTest : IAsyncDisposable
{
    public abstract MonolithDatabaseOptions Options { get; }

    public abstract Task<DbConnection> ConnectAsync();

    public abstract ValueTask DisposeAsync();

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await connection.ExecuteAsync(sql);
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await ConnectAsync();
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }

    /// <summary>Inserts as the monolith does, with the next id of the database's own.</summary>
    public Task<long> InsertTypeAsync(string name) => ScalarAsync<long>($"INSERT INTO types (name) VALUES ('{name}') RETURNING id");
}
