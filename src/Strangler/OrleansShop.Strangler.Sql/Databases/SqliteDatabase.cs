using System.Data;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Sql.Feed;
using OrleansShop.Strangler.Sql.Fencing;
using OrleansShop.Strangler.Sql.Ownership;

namespace OrleansShop.Strangler.Sql.Databases;

/// <summary>
/// A SQLite file that the monolith's process has open as well. Readers see a snapshot and wait for nobody (write-ahead log). SQLite has one writer at a time
/// among all processes: writers of this process queue here without a thread, so that only the first of them waits for the monolith's lock.
/// </summary>
internal sealed class SqliteDatabase : IMonolithDatabase
{
    private const int MaxAttempts = 3;

    private readonly string _connectionString;
    private readonly TimeSpan _lockTimeout;
    private readonly SemaphoreSlim _writer = new(1, 1);

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

    public async Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        if (!await _writer.WaitAsync(_lockTimeout, cancellationToken))
        {
            throw new BridgeUnavailableException(
                $"Writers before this one have kept the database busy for {_lockTimeout.TotalSeconds} s.", TimeSpan.FromSeconds(1));
        }

        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await WriteOnceAsync(work, cancellationToken);
                }
                catch (SqliteException busy) when (SqliteFailures.IsBusy(busy) && attempt < MaxAttempts)
                {
                    // The driver has waited for the lock timeout already; a busy snapshot (517) is refused at once and succeeds anew.
                    cancellationToken.ThrowIfCancellationRequested();
                }
                catch (SqliteException failure)
                {
                    throw SqliteFailures.Translate(failure);
                }
            }
        }
        finally
        {
            _writer.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearPool(new SqliteConnection(_connectionString));
        _writer.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<T> WriteOnceAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var transaction = connection.BeginTransaction(IsolationLevel.Serializable, deferred: false);
        var result = await work(transaction);
        transaction.Commit();
        return result;
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
