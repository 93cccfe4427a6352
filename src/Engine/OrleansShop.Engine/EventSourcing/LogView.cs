using Orleans.EventSourcing;
using Orleans.Runtime;

namespace OrleansShop.Engine.EventSourcing;

/// <summary>
/// The log of one activation. Submissions wait in a queue; one worker writes all of them that have gathered since its last write in one, in the turns
/// of the activation, so that no turn ever waits:
/// <code>
/// (1) submit → queue → (2) append what is in the queue, if the stored log is the one that is known ── yes → (3) confirmed, out of the queue
///                           ↑                                                            │ no answer, or others wrote
///                           └── (5) refuse the conditional ones if others wrote ← (4) read, and find out whether our append is in there
/// </code>
/// </summary>
/// <remarks>All members and the worker run in turns of the activation, which is why there is no lock. This part has what the grain sees and asks;
/// <c>LogView.Work.cs</c> has the worker.</remarks>
internal sealed partial class LogView<TView, TEntry> : ILogViewAdaptor<TView, TEntry>
    where TView : class, new()
    where TEntry : class
{
    /// <summary>How many entries may wait to be stored. More mean that storage has been away for long; they would not survive the activation.</summary>
    public const int MaxUnconfirmed = 100_000;

    private readonly ILogViewAdaptorHost<TView, TEntry> _host;
    private readonly ILogStore<TView, TEntry> _store;
    private readonly LogEngine _engine;
    private readonly LogStatistics _statistics = new();
    private readonly LogWaiters _waiters = new();
    private readonly List<Submission<TEntry>> _queue = [];
    private LogSnapshot<TView> _known;
    private TView? _tentative;
    private long _lastNumber;
    private int _unconfirmed;
    private Exception? _fault;

    public LogView(ILogViewAdaptorHost<TView, TEntry> host, TView initial, ILogStore<TView, TEntry> store, LogEngine engine)
    {
        _host = host;
        _store = store;
        _engine = engine;
        _known = new LogSnapshot<TView>(initial, 0);
    }

    public TView ConfirmedView => _known.View;

    public int ConfirmedVersion => _known.Version;

    // The queue is empty most of the time, and then the two views are one.
    public TView TentativeView => _queue.Count == 0 ? _known.View : _tentative ??= NewTentative();

    public IEnumerable<TEntry> UnconfirmedSuffix => [.. _queue.SelectMany(static submission => submission.Entries)];

    public void Submit(TEntry entry) => Enqueue([entry], isConditional: false, outcome: null);

    public void SubmitRange(IEnumerable<TEntry> entries)
    {
        if (Materialized(entries) is { Count: > 0 } range) Enqueue(range, isConditional: false, outcome: null);
    }

    public Task<bool> TryAppend(TEntry entry) => Await([entry]);

    public Task<bool> TryAppendRange(IEnumerable<TEntry> entries) => Materialized(entries) is { Count: > 0 } range ? Await(range) : Task.FromResult(true);

    public Task ConfirmSubmittedEntries()
    {
        ThrowIfFaulted();
        return _queue.Count == 0 ? Task.CompletedTask : _waiters.Add(_lastNumber, read: 0);
    }

    public Task Synchronize()
    {
        ThrowIfFaulted();
        var read = ++_readsWanted;
        StartWork();
        return _waiters.Add(_lastNumber, read);
    }

    public async Task ClearLogAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var outcome = NewOutcome();
        var clear = Enqueue([], isConditional: false, outcome);
        try
        {
            await outcome.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!outcome.Task.IsCompleted)
        {
            Withdraw(clear);
            throw;
        }
    }

    public Task<IReadOnlyList<TEntry>> RetrieveLogSegment(int fromVersion, int toVersion)
    {
        ThrowIfFaulted();
        ArgumentOutOfRangeException.ThrowIfNegative(fromVersion);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fromVersion, toVersion);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(toVersion, ConfirmedVersion);
        return Task.FromResult(_store.Segment(fromVersion, toVersion));
    }

    public void EnableStatsCollection() => _statistics.Enable();

    public void DisableStatsCollection() => _statistics.Disable();

    public LogConsistencyStatistics? GetStats() => _statistics.Counts;

    public Task PreOnActivate() => Synchronize();

    public Task PostOnActivate() => Task.CompletedTask;

    public async Task PostOnDeactivate()
    {
        if (_fault is null && _queue.Count != 0) await ConfirmSubmittedEntries();
        _engine.End();
    }

    private Task<bool> Await(IReadOnlyList<TEntry> entries)
    {
        var outcome = NewOutcome();
        Enqueue(entries, isConditional: true, outcome);
        return outcome.Task;
    }

    // (1) Into the queue.
    private Submission<TEntry> Enqueue(IReadOnlyList<TEntry> entries, bool isConditional, TaskCompletionSource<bool>? outcome)
    {
        ThrowIfFaulted();
        if (_unconfirmed + entries.Count > MaxUnconfirmed)
        {
            throw new LimitExceededException(
                $"{_engine.Services.GrainId} has {_unconfirmed} events that are not stored yet; {entries.Count} more would be over the limit of {MaxUnconfirmed}. None of them was raised. Wait for ConfirmEvents now and then.");
        }

        var submission = new Submission<TEntry>(++_lastNumber, entries, _engine.Time.GetTimestamp()) { IsConditional = isConditional, Outcome = outcome };
        if (_tentative is not null) ApplyTentative(submission);
        _queue.Add(submission);
        _unconfirmed += entries.Count;
        StartWork();
        Tell(tentative: true, confirmed: false);
        return submission;
    }

    // Only what the worker has not begun with: it takes a clear when that is the first in the queue.
    private void Withdraw(Submission<TEntry> clear)
    {
        if (_queue.IndexOf(clear) <= 0) return;
        _queue.Remove(clear);
        _tentative = null;
        Tell(tentative: true, confirmed: false);
    }

    private TView NewTentative()
    {
        _tentative = _engine.Services.DeepCopy(_known.View);
        foreach (var submission in _queue) ApplyTentative(submission);
        return _tentative;
    }

    private void ApplyTentative(Submission<TEntry> submission)
    {
        if (submission.IsClear) _tentative = new TView();
        foreach (var entry in submission.Entries) Apply(_tentative!, entry);
    }

    /// <summary>Lets the grain apply an entry to a view.</summary>
    /// <exception cref="LogFaultException">The grain does not know how.</exception>
    public void Apply(TView view, TEntry entry)
    {
        try
        {
            _host.UpdateView(view, entry);
        }
        catch (Exception e) when (e is MissingMethodException or System.Reflection.AmbiguousMatchException)
        {
            throw new LogFaultException(e);
        }
        catch (Exception e)
        {
            // The entry is in the log whatever the grain makes of it.
            _statistics.Count("TransitionFailed");
            _engine.Services.CaughtUserCodeException("TransitionState", $"{entry.GetType()}", e);
        }
    }

    private void Tell(bool tentative, bool confirmed)
    {
        try
        {
            _host.OnViewChanged(tentative, confirmed);
        }
        catch (Exception e)
        {
            _engine.Services.CaughtUserCodeException("OnViewChanged", nameof(LogView<,>), e);
        }
    }

    private void ThrowIfFaulted()
    {
        if (_fault is not null) throw new InvalidOperationException($"{_engine.Services.GrainId} cannot follow its log any more and is being deactivated: {_fault.Message}", _fault);
    }

    private static List<TEntry> Materialized(IEnumerable<TEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return [.. entries];
    }

    private static TaskCompletionSource<bool> NewOutcome() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
