using System.Data;
using System.Data.Common;
using System.Net.Sockets;
using Npgsql;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Sql.Feed;
using OrleansShop.Strangler.Sql.Fencing;
using OrleansShop.Strangler.Sql.Ownership;

namespace OrleansShop.Strangler.Sql.Databases;

/// <summary>A PostgreSQL server. The connection string's pool bounds how much runs at once.</summary>
internal sealed class PostgreSqlDatabase : IMonolithDatabase
{
    private const int MaxAttempts = 3;

    private readonly NpgsqlDataSource _source;

    internal PostgreSqlDatabase(MonolithDatabaseOptions options)
    {
        var lockTimeoutMs = (int)options.LockTimeout.TotalMilliseconds;
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString) { ApplicationName = "orleansshop-bridge" };
        settings.Timeout = Math.Min(settings.Timeout, Math.Max(1, (int)options.LockTimeout.TotalSeconds));
        settings.CommandTimeout = Math.Min(settings.CommandTimeout, Math.Max(1, (int)options.LockTimeout.TotalSeconds * 2));

        // Durability is the server's default; a server that was told otherwise is overruled, because callers acknowledge what is applied.
        settings.Options = $"{settings.Options} -c lock_timeout={lockTimeoutMs} -c synchronous_commit=on".Trim();
        _source = NpgsqlDataSource.Create(settings);
    }

    public Dialects Dialects { get; } = new(new PostgreSqlDialect(), new PostgreSqlLedgerDialect(), new PostgreSqlFence(), new PostgreSqlChangeFeed());

    public Task<T> ReadAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken) =>
        TranslatedAsync(() => RunAsync(work, IsolationLevel.RepeatableRead, cancellationToken));

    public Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken) =>
        TranslatedAsync(async () =>
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await RunAsync(work, IsolationLevel.ReadCommitted, cancellationToken);
                }
                catch (PostgresException conflict) when (PostgreSqlFailures.IsConflict(conflict) && attempt < MaxAttempts)
                {
                    // The server has rolled one of two transactions back; it succeeds anew.
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
        });

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<T> RunAsync<T>(Func<DbTransaction, Task<T>> work, IsolationLevel isolation, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(isolation, cancellationToken);
        var result = await work(transaction);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    private static async Task<T> TranslatedAsync<T>(Func<Task<T>> run)
    {
        try
        {
            return await run();
        }
        catch (PostgresException refusal)
        {
            throw PostgreSqlFailures.Translate(refusal);
        }
        catch (Exception failure) when (failure is NpgsqlException or SocketException or TimeoutException)
        {
            throw new BridgeUnavailableException("The monolith's database does not answer.", TimeSpan.FromSeconds(2), failure);
        }
    }
}
