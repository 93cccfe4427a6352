using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using OrleansShop.Strangler.BridgeClient;

namespace OrleansShop.Strangler.Sql.Databases;

/// <summary>
/// Writes to a SQLite file in groups: a commit waits for the disk, and one for each write would bound everything to some hundreds a second. Works that are waiting run one after the other in one transaction,
/// each in a savepoint of its own, and all are answered after its one commit; a work that comes alone waits for nobody. One that fails is taken back alone. None is answered before the commit, not even
/// with a refusal: it may have been refused for what another of the group has written.
/// </summary>
internal sealed class SqliteGroupCommit(Func<CancellationToken, Task<SqliteConnection>> open, TimeSpan lockTimeout)
{
    /// <summary>How many works may wait. More than all callers together send within the lock timeout; those beyond are told to come back.</summary>
    private const int MaxWaiting = 10_000;

    /// <summary>How many works share a commit. At this size the disk's share of a work is small already.</summary>
    private const int MaxGroup = 64;

    private const int MaxAttempts = 3;
    private const string Savepoint = "work";

    /// <summary>How long a group takes works in: for so long, and for the commit, the monolith's writers wait.</summary>
    private static readonly TimeSpan MaxCollecting = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// How long the lock may have been held without being free for as long: then it is left alone until it has been. The monolith's SQLite only looks now and then whether the lock is free, and would find it
    /// taken for seconds if this process went from group to group.
    /// </summary>
    private static readonly TimeSpan MaxDebt = TimeSpan.FromMilliseconds(20);

    /// <summary>Between two looks at a lock that another process holds. SQLite's own waiting sleeps in steps of up to a second, depending on how it was built.</summary>
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(2);

    private readonly Lock _gate = new();

    /// <summary>Under <see cref="_gate"/>.</summary>
    private readonly LinkedList<Work> _waiting = [];

    /// <summary>Under <see cref="_gate"/>: the loop that runs groups, while there are any.</summary>
    private Task? _running;

    /// <summary>How much longer the lock was held than it has been free since, when the last group ended. Only the loop touches both.</summary>
    private TimeSpan _debt;

    private long _lastEnd;

    internal async Task<T> RunAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        var waiting = new Work<T>(work);
        Enqueue(waiting);
        try
        {
            return await waiting.Answer.WaitAsync(lockTimeout, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException) when (!waiting.Answer.IsCompleted)
        {
            return Withdraw(waiting)
                ? throw new BridgeUnavailableException($"Writers before this one have kept the database busy for {lockTimeout.TotalSeconds} s.", TimeSpan.FromSeconds(1))
                : await waiting.Answer.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Withdraw(waiting);
            throw;
        }
    }

    /// <summary>Waits until what has begun is over.</summary>
    internal Task StopAsync()
    {
        lock (_gate)
        {
            return _running ?? Task.CompletedTask;
        }
    }

    private void Enqueue(Work work)
    {
        lock (_gate)
        {
            if (_waiting.Count >= MaxWaiting)
            {
                throw new BridgeUnavailableException($"{MaxWaiting} writes are waiting for the database already.", TimeSpan.FromSeconds(1));
            }

            _waiting.AddLast(work);
            _running ??= Task.Run(RunGroupsAsync);
        }
    }

    /// <returns>Whether the work had not begun and never will.</returns>
    private bool Withdraw(Work work)
    {
        lock (_gate)
        {
            return _waiting.Remove(work);
        }
    }

    private async Task RunGroupsAsync()
    {
        while (!IsIdle())
        {
            await PayDebtAsync();
            var group = new List<Work>();
            try
            {
                await RunGroupAsync(group);
            }
            catch (Exception failure)
            {
                // Nobody awaits this loop; whoever waits for an answer of the group gets what has gone wrong.
                group.ForEach(work => work.Fail(Translate(failure)));
                FailWaiting(group.Count == 0 ? failure : null);
            }
        }
    }

    private async Task PayDebtAsync()
    {
        var free = TimeProvider.System.GetElapsedTime(_lastEnd);
        _debt = _debt > free ? _debt - free : TimeSpan.Zero;
        if (_debt > MaxDebt)
        {
            await Task.Delay(_debt, TimeProvider.System);
            _debt = TimeSpan.Zero;
        }
    }

    private bool IsIdle()
    {
        lock (_gate)
        {
            if (_waiting.Count > 0)
            {
                return false;
            }

            _running = null;
            return true;
        }
    }

    /// <summary>When not even the transaction could begin, the next in turn is answered, so that nobody waits for ever.</summary>
    private void FailWaiting(Exception? failure)
    {
        if (failure is not null && Next() is { } work)
        {
            work.Fail(Translate(failure));
        }
    }

    private Work? Next()
    {
        lock (_gate)
        {
            var first = _waiting.First?.Value;
            if (first is not null)
            {
                _waiting.RemoveFirst();
            }

            return first;
        }
    }

    private async Task RunGroupAsync(List<Work> group)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await RunOnceAsync(group, collects: attempt == 1);
                return;
            }
            catch (SqliteException busy) when (SqliteFailures.IsBusy(busy) && attempt < MaxAttempts)
            {
                // The lock was waited for already; a busy snapshot (517) is refused at once and succeeds anew.
            }
            catch (TransactionLostException lost)
            {
                // A rule of the monolith's schema has taken back the whole transaction because of one work. The others run again, without it.
                group.Remove(lost.Work);
                lost.Work.Fail(Translate(lost.InnerException!));
            }
            catch (SqliteException refused) when (SqliteFailures.IsConstraint(refused) && group.Count > 1)
            {
                // A rule that is checked at the commit: only one by one is to be seen whose it is.
                await RunOneByOneAsync(group);
                return;
            }
        }
    }

    private async Task RunOneByOneAsync(List<Work> group)
    {
        foreach (var work in group)
        {
            try
            {
                await RunGroupAsync([work]);
            }
            catch (Exception failure)
            {
                work.Fail(Translate(failure));
            }
        }
    }

    private async Task RunOnceAsync(List<Work> group, bool collects)
    {
        await using var connection = await open(CancellationToken.None);
        await WaitForLockAsync(connection);
        await using var transaction = connection.BeginTransaction(IsolationLevel.Serializable, deferred: false);
        var start = TimeProvider.System.GetTimestamp();
        try
        {
            await RunLockedAsync(group, collects, connection, transaction, start);
        }
        finally
        {
            _lastEnd = TimeProvider.System.GetTimestamp();
            _debt += TimeProvider.System.GetElapsedTime(start, _lastEnd);
        }

        group.ForEach(static work => work.Tell());
    }

    /// <summary>Takes the lock for a moment, to know that it is free, because the driver's own BEGIN sleeps for long. When another takes it in between, the driver waits after all.</summary>
    private async Task WaitForLockAsync(SqliteConnection connection)
    {
        var start = TimeProvider.System.GetTimestamp();
        SQLitePCL.raw.sqlite3_busy_timeout(connection.Handle, 0);
        var answer = SQLitePCL.raw.sqlite3_exec(connection.Handle, "BEGIN IMMEDIATE");
        while (answer == SQLitePCL.raw.SQLITE_BUSY && TimeProvider.System.GetElapsedTime(start) < lockTimeout)
        {
            await Task.Delay(LockPoll, TimeProvider.System);
            answer = SQLitePCL.raw.sqlite3_exec(connection.Handle, "BEGIN IMMEDIATE");
        }

        SqliteException.ThrowExceptionForRC(answer, connection.Handle);
        SqliteException.ThrowExceptionForRC(SQLitePCL.raw.sqlite3_exec(connection.Handle, "ROLLBACK"), connection.Handle);
    }

    private async Task RunLockedAsync(List<Work> group, bool collects, SqliteConnection connection, SqliteTransaction transaction, long start)
    {
        foreach (var work in group)
        {
            await RunInSavepointAsync(work, connection, transaction);
        }

        while (collects && group.Count < MaxGroup && TimeProvider.System.GetElapsedTime(start) < MaxCollecting && Next() is { } work)
        {
            group.Add(work);
            await RunInSavepointAsync(work, connection, transaction);
        }

        transaction.Commit();
    }

    private static async Task RunInSavepointAsync(Work work, SqliteConnection connection, SqliteTransaction transaction)
    {
        transaction.Save(Savepoint);
        try
        {
            await work.RunAsync(transaction);
        }
        catch (SqliteException busy) when (SqliteFailures.IsBusy(busy))
        {
            throw;
        }
        catch (Exception failure) when (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) != 0)
        {
            throw new TransactionLostException(work, failure);
        }
        catch (Exception failure)
        {
            transaction.Rollback(Savepoint);
            work.Remember(Translate(failure));
        }

        transaction.Release(Savepoint);
    }

    private static Exception Translate(Exception failure) => failure is SqliteException sqlite ? SqliteFailures.Translate(sqlite) : failure;

    private sealed class TransactionLostException(Work work, Exception cause) : Exception("The transaction was rolled back.", cause)
    {
        internal Work Work => work;
    }

    /// <summary>Something to write, and who waits for it. May run more than once; the last run counts.</summary>
    private abstract class Work
    {
        internal abstract Task RunAsync(DbTransaction transaction);

        /// <summary>The run has failed, and is the answer if the group is committed.</summary>
        internal abstract void Remember(Exception failure);

        /// <summary>Answers with what the last run has come to.</summary>
        internal abstract void Tell();

        /// <summary>Answers with a failure, unless there is an answer.</summary>
        internal abstract void Fail(Exception failure);
    }

    private sealed class Work<T>(Func<DbTransaction, Task<T>> work) : Work
    {
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;
        private Exception? _failure;

        internal Task<T> Answer => _answer.Task;

        internal override async Task RunAsync(DbTransaction transaction)
        {
            _failure = null;
            _result = await work(transaction);
        }

        internal override void Remember(Exception failure) => _failure = failure;

        internal override void Tell()
        {
            if (_failure is { } failure)
            {
                _answer.TrySetException(failure);
                return;
            }

            _answer.TrySetResult(_result!);
        }

        internal override void Fail(Exception failure) => _answer.TrySetException(failure);
    }
}
