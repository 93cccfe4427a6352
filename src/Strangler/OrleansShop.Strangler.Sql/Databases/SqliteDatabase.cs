using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using OrleansShop.Strangler.Sql.Feed;
using OrleansShop.Strangler.Sql.Fencing;
using OrleansShop.Strangler.Sql.Ownership;

namespace OrleansShop.Strangler.Sql.Databases;

/// <summary>
/// A SQLite file that the monolith's process has open as well. Readers see a snapshot and wait for nobody (write-ahead log). SQLite has one writer at a time
/// among all processes: writers of this process queue here without a thread, only the first of them waits for the monolith's lock, and they share its commit.
/// </summary>
internal sealed class SqliteDatabase : IMonolithDatabase
{
    private readonly string _connectionString;
    private readonly TimeSpan _lockTimeout;
    private readonly SqliteGroupCommit _writer;

    internal SqliteDatabase(MonolithDatabaseOptions options)
    {
        SQLitePCL.Batteries_V2.Init();
        _lockTimeout = options.LockTimeout;
        _connectionString = new SqliteConnectionStringBuilder(options.ConnectionString)
        {
            Mode = SqliteOpenMode.ReadWrite,
            ForeignKeys = true,
            DefaultTimeout = Math.Max(1, (int)options.LockTimeout.TotalSeconds),
        }.ToString();
        _writer = new SqliteGroupCommit(OpenAsync, _lockTimeout);
    }

    public Dialects Dialects { get; } = new(new SqliteDialect(), new SqliteLedgerDialect(), new SqliteFence(), new SqliteChangeFeed());

    public async Task<T> ReadAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await OpenAsync(cancellationToken);
            // Deferred: a reader must not take the write lock that IMMEDIATE, the default of this driver, takes.
            await using var transaction = connection.BeginTransaction(deferred: true);
            return await work(transaction);
        }
        catch (SqliteException failure)
        {
            throw SqliteFailures.Translate(failure);
        }
    }

    public Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken) => _writer.RunAsync(work, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _writer.StopAsync();
        SqliteConnection.ClearPool(new SqliteConnection(_connectionString));
    }

    private async Task<SqliteConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            // FULL: with the write-ahead log, NORMAL would lose acknowledged commits when the machine loses power.
            await connection.ExecuteAsync($"PRAGMA busy_timeout = {(int)_lockTimeout.TotalMilliseconds}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
