using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using OrleansShop.Strangler.Sql.Databases;

namespace OrleansShop.Strangler.Sql.Tests;

public sealed class SqliteUnderTest : MonolithDatabaseUnderTest
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("strangler-sql-");

    private SqliteUnderTest()
    {
        SQLitePCL.Batteries_V2.Init();
        File = Path.Combine(_folder.FullName, "monolith.db");
        Options = new MonolithDatabaseOptions { ConnectionString = $"Data Source={File}", LockTimeout = TimeSpan.FromSeconds(1) };
    }

    public string File { get; }

    public override MonolithDatabaseOptions Options { get; }

    public static async Task<SqliteUnderTest> CreateAsync()
    {
        var database = new SqliteUnderTest();
        await database.ExecuteAsync("PRAGMA journal_mode = WAL;");
        await database.ExecuteAsync(TestSchema.Sqlite);
        return database;
    }

    public override async Task<DbConnection> ConnectAsync()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False;Foreign Keys=True");
        await connection.OpenAsync();
        await connection.ExecuteAsync("PRAGMA synchronous = OFF;");
        return connection;
    }

    public override ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
