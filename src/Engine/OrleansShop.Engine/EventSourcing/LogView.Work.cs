using System.Diagnostics;
using Orleans.EventSourcing.Common;
using Orleans.Storage;

namespace OrleansShop.Engine.EventSourcing;

/// <summary>The worker.</summary>
internal sealed partial class LogView<TView, TEntry>
{
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromHours(1);

    private PrimaryOperationFailed? _issue;
    private long _readsWanted;
    private long _readsDone;
    private bool _isStale;
    private bool _isWorking;

    private void StartWork()
    {
        if (_isWorking) return;
        _isWorking = true;
        _ = WorkAsync();
    }

    private async Task WorkAsync()
    {
        // What is raised in the rest of this turn is written together with what was raised first.
        await Task.Yield();
        try
        {
            while (!_engine.Ended.IsCancellationRequested)
            {
                if (_isStale) await ReadAsync();
                else if (_queue.Count != 0) await (_queue[0].IsClear ? ClearAsync() : AppendAsync());
                else if (_readsDone < _readsWanted) await ReadAsync();
                else return;
            }

            Break(new TimeoutException($"{_engine.Services.GrainId} ended before its events were stored: storage did not answer in time."));
        }
        catch (Exception e)
        {
            Break(e is LogFaultException { InnerException: { } cause } ? cause : e);
        }
        finally
        {
            _isWorking = false;
        }
    }

    // (2) All that has gathered, up to a wish to clear the log. What is raised meanwhile is for the next time.
    private async Task AppendAsync()
    {
        var reads = _readsWanted;
        var submissions = _queue.TakeWhile(static submission => !submission.IsClear).ToList();
        List<TEntry> entries = [.. submissions.SelectMany(static submission => submission.Entries)];
        LogSnapshot<TView>? appended;
        try
        {
            appended = await _store.AppendAsync(_known, entries, _engine.Ended);
        }
        catch (Exception e) when (e is not LogFaultException)
        {
            await NoteFailure(new StorageWriteFailed(), "WriteFailed", e);
            return;
        }

        if (appended is null)
        {
            NoteConflict();
            return;
        }

        // (3) Confirmed.
        Debug.Assert(appended.Version == _known.Version + entries.Count, "An append moves the log by what was appended.");
        _statistics.Count("Write");
        NoteSuccess(reads);
        _known = appended;
        Confirm(entries.Count);
        Tell(tentative: false, confirmed: true);
        Release();
    }

    // (4) What is stored now, and whether it has what we wrote without an answer.
    private async Task ReadAsync()
    {
        var reads = _readsWanted;
        LogSnapshot<TView> read;
        try
        {
            read = await _store.ReadAsync(_known, _engine.Ended);
        }
        catch (Exception e) when (e is not LogFaultException)
        {
            await NoteFailure(new StorageReadFailed(), "ReadFailed", e);
            return;
        }

        _statistics.Count("Read");
        _isStale = false;
        _readsDone = reads;

        // That writing failed is over only when a write succeeds: reading alone must not shorten the delays.
        if (_issue is StorageReadFailed) Resolve();
        if (read.HasMoved) Adopt(read);
        Release();
    }

    private async Task ClearAsync()
    {
        var reads = _readsWanted;
        LogSnapshot<TView> cleared;
        try
        {
            cleared = await _store.ClearAsync(_engine.Ended);
        }
        catch (NotSupportedException e)
        {
            Dequeue(_queue[0]).Outcome?.TrySetException(e);
            _tentative = null;
            Tell(tentative: true, confirmed: false);
            return;
        }
        catch (Exception e) when (e is not LogFaultException)
        {
            await NoteFailure(new StorageWriteFailed(), "ClearFailed", e);
            return;
        }

        _statistics.Count("Clear");
        NoteSuccess(reads);
        _known = cleared;
        Done(_queue[0], wasDone: true);
        Tell(tentative: false, confirmed: true);
        Release();
    }

    private void Adopt(LogSnapshot<TView> read)
    {
        var isOursAlone = read.Appended != 0 && read.Version == _known.Version + read.Appended;
        _known = read with { HasMoved = false, Appended = 0 };
        Confirm(read.Appended);
        if (!isOursAlone) RefuseConditional();
        _tentative = null;
        Tell(tentative: true, confirmed: true);
    }

    // (5) They were meant for the log as it was. Those behind a wish to clear the log are meant for the empty one.
    private void RefuseConditional()
    {
        foreach (var refused in _queue.TakeWhile(static submission => !submission.IsClear).Where(static submission => submission.IsConditional).ToList())
        {
            _statistics.Count("ConditionalRefused");
            Done(refused, wasDone: false);
        }
    }

    private void Confirm(int count)
    {
        while (count > 0)
        {
            var first = _queue[0];
            count -= first.Entries.Count;
            Debug.Assert(count >= 0 && !first.IsClear, "Entries that were submitted together are written together.");
            _statistics.Stabilized(_engine.Time.GetElapsedTime(first.RaisedAt));
            Done(first, wasDone: true);
        }

        if (_queue.Count == 0) _tentative = null;
    }

    private void Done(Submission<TEntry> submission, bool wasDone) => Dequeue(submission).Outcome?.TrySetResult(wasDone);

    private Submission<TEntry> Dequeue(Submission<TEntry> submission)
    {
        _queue.Remove(submission);
        _unconfirmed -= submission.Entries.Count;
        return submission;
    }

    private void Release() => _waiters.Release(_queue.Count == 0 ? long.MaxValue : _queue[0].Number - 1, _readsDone);

    // Whatever succeeded has met the log as it is, which is what those who want it read afresh want to know.
    private void NoteSuccess(long reads)
    {
        _isStale = false;
        _readsDone = reads;
        Resolve();
    }

    private void Resolve()
    {
        if (_issue is not { } issue) return;
        _issue = null;
        try
        {
            _host.OnConnectionIssueResolved(issue);
        }
        catch (Exception e)
        {
            _engine.Services.CaughtUserCodeException("OnConnectionIssueResolved", nameof(LogView<,>), e);
        }
    }

    private void NoteConflict()
    {
        _statistics.Count("Conflict");
        _isStale = true;
    }

    private async Task NoteFailure(PrimaryOperationFailed issue, string what, Exception exception)
    {
        // The others were faster. This is no trouble: they write one at a time, and one of them always gets through.
        _isStale = true;
        if (exception is InconsistentStateException)
        {
            NoteConflict();
            return;
        }

        if (_engine.Ended.IsCancellationRequested) return;
        _statistics.Count(what);
        _engine.Services.CaughtException(what, exception);
        issue.Exception = exception;
        issue.TimeStamp = _engine.Time.GetUtcNow().UtcDateTime;
        issue.TimeOfFirstFailure = _issue?.TimeOfFirstFailure ?? issue.TimeStamp;
        issue.NumberOfConsecutiveFailures = (_issue?.NumberOfConsecutiveFailures ?? 0) + 1;
        issue.RetryDelay = issue.ComputeRetryDelay(_issue?.RetryDelay);
        _issue = issue;
        try
        {
            _host.OnConnectionIssue(issue);
        }
        catch (Exception e)
        {
            _engine.Services.CaughtUserCodeException("OnConnectionIssue", what, e);
        }

        await _engine.Delay(TimeSpan.FromTicks(Math.Clamp(issue.RetryDelay.Ticks, 0, s_longestDelay.Ticks)));
    }

    // The grain cannot go on with a state that is not that of its log.
    private void Break(Exception fault)
    {
        if (_queue.Count == 0 && _readsDone >= _readsWanted && _engine.Ended.IsCancellationRequested) return;
        _fault = fault;
        _engine.Break(fault, _unconfirmed);
        foreach (var submission in _queue) submission.Outcome?.TrySetException(fault);
        _waiters.Fail(fault);
    }
}
