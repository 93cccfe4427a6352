using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using OrleansShop.Storage.Sqlite.Files;

namespace OrleansShop.Storage.Sqlite.GroupCommit;

/// <summary>
/// All writes to one SQLite file, on one connection. Writes that arrive while a transaction is being committed share the next one, so that the cost
/// of reaching the disk is paid once per group and not once per write. A write that fails is undone alone; the others of its group commit.
/// </summary>
/// <remarks>The alternative, a transaction per write, is limited to one write per disk flush for the whole process.</remarks>
public sealed class SqliteWriteQueue : IAsyncDisposable
{
    /// <summary>How many writes may wait; more wait for a place. A grain has at most one write on its way, so this bounds busy grains.</summary>
    private const int Capacity = 16_384;

    /// <summary>The most writes that share a transaction, so that the first one's wait stays short.</summary>
    private const int MaxGroup = 512;

    private readonly SqliteDatabase _database;
    private readonly Channel<Write> _writes = Channel.CreateBounded<Write>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly Task _loop;

    /// <summary>Opens the connection for writing and starts to take writes.</summary>
    /// <param name="database">The file.</param>
    /// <param name="schema">Statements that create what is missing; run once, before any write.</param>
    /// <exception cref="SqliteException">The file cannot be opened or the schema cannot be created.</exception>
    public SqliteWriteQueue(SqliteDatabase database, string schema)
    {
        ArgumentNullException.ThrowIfNull(database);
        _database = database;
        var connection = database.Open();
        try
        {
            SqliteDatabase.Execute(connection, $"BEGIN IMMEDIATE; {schema} COMMIT;");
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        // SQLite blocks its thread, so the loop has one of its own.
        _loop = Task.Factory.StartNew(() => RunAsync(connection), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    /// <summary>Runs a write and returns its result once it is on the disk.</summary>
    /// <param name="write">Runs statements on the connection, inside a transaction that it does not end. Must not keep the connection.</param>
    /// <param name="cancellationToken">Stops waiting for a place in the queue; a write that has one is carried out.</param>
    /// <exception cref="ObjectDisposedException">The queue has been disposed.</exception>
    public async Task<TResult> EnqueueAsync<TResult>(Func<SqliteConnection, TResult> write, CancellationToken cancellationToken = default)
    {
        var entry = new Write<TResult>(write);
        try
        {
            await _writes.Writer.WriteAsync(entry, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(SqliteWriteQueue), $"{_database.Path} is closed for writing.");
        }

        return await entry.Result.ConfigureAwait(false);
    }

    /// <summary>Carries out the writes that wait, then closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _writes.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
        _database.ReleaseConnections();
    }

    private async Task RunAsync(SqliteConnection connection)
    {
        using (connection)
        {
            var group = new List<Write>(MaxGroup);
            while (await _writes.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                while (group.Count < MaxGroup && _writes.Reader.TryRead(out var write))
                {
                    group.Add(write);
                }

                CommitTogether(connection, group);
                group.Clear();
            }
        }
    }

    private static void CommitTogether(SqliteConnection connection, List<Write> group)
    {
        try
        {
            SqliteDatabase.Execute(connection, "BEGIN IMMEDIATE");
            foreach (var write in group)
            {
                RunAlone(connection, write);
            }

            SqliteDatabase.Execute(connection, "COMMIT");
        }
        catch (Exception exception)
        {
            // Not committed: whatever a write returned did not happen, and each of its callers must know.
            RollBack(connection);
            foreach (var write in group)
            {
                write.Fail(exception);
            }

            return;
        }

        foreach (var write in group)
        {
            write.Acknowledge();
        }
    }

    private static void RunAlone(SqliteConnection connection, Write write)
    {
        SqliteDatabase.Execute(connection, "SAVEPOINT one_write");
        try
        {
            write.Run(connection);
        }
        catch (Exception exception)
        {
            SqliteDatabase.Execute(connection, "ROLLBACK TO one_write");
            write.Fail(exception);
        }

        SqliteDatabase.Execute(connection, "RELEASE one_write");
    }

    private static void RollBack(SqliteConnection connection)
    {
        try
        {
            SqliteDatabase.Execute(connection, "ROLLBACK");
        }
        catch (SqliteException)
        {
            // BEGIN itself failed, or SQLite has rolled back by itself: either way no transaction is open, which is what ROLLBACK was for.
        }
    }

    private abstract class Write
    {
        public abstract void Run(SqliteConnection connection);

        public abstract void Acknowledge();

        public abstract void Fail(Exception exception);
    }

    private sealed class Write<TResult>(Func<SqliteConnection, TResult> write) : Write
    {
        private readonly TaskCompletionSource<TResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TResult _result = default!;

        public Task<TResult> Result => _completion.Task;

        public override void Run(SqliteConnection connection) => _result = write(connection);

        public override void Acknowledge() => _completion.TrySetResult(_result);

        public override void Fail(Exception exception) => _completion.TrySetException(exception);
    }
}
