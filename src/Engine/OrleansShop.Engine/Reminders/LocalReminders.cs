using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Reminders.Protocol;

namespace OrleansShop.Engine.Reminders;

/// <summary>
/// Keeps the reminders of this silo's share and sends their ticks: one timer for all, set to the next that is due.
/// </summary>
/// <remarks>
/// <code>
///  a grain registers ─► ReminderService ─► table
///                             └─► the owner's LocalReminders.Put ─► schedule ─► timer ─► IRemindable.ReceiveReminder ─► TickRecorder
///  the ring changes  ─► ReminderLoader ── rows of the partitions that opened ──┘
/// </code>
/// </remarks>
internal sealed partial class LocalReminders : IReminderOwner, IDisposable
{
    /// <summary>The name under which other silos call this one.</summary>
    public const string SystemTargetName = "reminders";

    /// <summary>
    /// How many ticks may be on their way at once. Further ones wait, in the order in which they are due: after an outage all reminders of a silo may be
    /// due at the same time, and each tick holds a call and perhaps an activation.
    /// </summary>
    private const int MaxTicksUnderWay = 4096;

    // Timers take at most 49 days; looking once an hour costs nothing, and follows when the clock is set.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly ReminderShare _share;
    private readonly ReferenceFactory _references;
    private readonly TickRecorder _recorder;
    private readonly ReminderMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly TaskCompletionSource _lastTickEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guards the fields below it.
    private readonly Lock _gate = new();
    private readonly ReminderSchedule _schedule = new();
    private readonly HashSet<(GrainId, string)> _changedSinceReading = [];
    private int _reading;
    private bool _isReading;
    private int _ticksUnderWay;
    private bool _isPumpQueued;
    private bool _isStarted;
    private bool _isStopping;

    public LocalReminders(
        ReminderShare share, ReferenceFactory references, LocalObservers observers, TickRecorder recorder, ReminderMetrics metrics, ReminderClock clock, ILogger<LocalReminders> logger)
    {
        _share = share;
        _references = references;
        _recorder = recorder;
        _metrics = metrics;
        _time = clock.Time;
        _logger = logger;
        _timer = _time.CreateTimer(static reminders => ((LocalReminders)reminders!).Pump(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        observers.Add(SystemTargetName, this);
        metrics.ObserveActive(() => Count);
    }

    /// <summary>How many reminders are kept.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _schedule.Count;
        }
    }

    /// <summary>How many ticks were sent and have not ended.</summary>
    public int TicksUnderWay
    {
        get
        {
            lock (_gate)
                return _ticksUnderWay;
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> Put(ReminderEntry entry)
    {
        if (!_share.Silo.Equals(_share.OwnerOf(entry.GrainId)))
            return new(false);
        lock (_gate)
        {
            NoteChange(entry.GrainId, entry.ReminderName);

            // What is not open yet is read from the table when it opens.
            if (_share.IsOpen(entry.GrainId) && IsUsable(entry))
                _schedule.Put(entry, DateTime.MinValue);
            Arm();
        }

        return new(true);
    }

    /// <inheritdoc/>
    public ValueTask<bool> Remove(GrainId grainId, string reminderName)
    {
        if (!_share.Silo.Equals(_share.OwnerOf(grainId)))
            return new(false);
        lock (_gate)
        {
            NoteChange(grainId, reminderName);
            _schedule.Remove(grainId, reminderName);
        }

        return new(true);
    }

    /// <summary>Takes out the reminders that are not of this silo's share any more.</summary>
    public void DropLost()
    {
        lock (_gate)
        {
            _schedule.RemoveWhere(reminder => !_share.IsOpen(reminder.Entry.GrainId));
            Arm();
        }
    }

    /// <summary>A reading of the table begins: what changes from now on is newer than what it finds.</summary>
    public void BeginReading()
    {
        lock (_gate)
        {
            _reading++;
            _isReading = true;
            _changedSinceReading.Clear();
        }
    }

    /// <summary>Takes over a row that was read.</summary>
    /// <param name="entry">The row.</param>
    /// <param name="doneUntil">Ticks that were due up to this time are over.</param>
    /// <param name="keepUntil">Reminders that are not due before this are not kept: a later reading finds them.</param>
    public void TakeRead(ReminderEntry entry, DateTime doneUntil, DateTime keepUntil)
    {
        lock (_gate)
        {
            if (_changedSinceReading.Contains((entry.GrainId, entry.ReminderName)) || !_share.IsOpen(entry.GrainId) || !IsUsable(entry))
                return;
            if (_schedule.Contains(entry.GrainId, entry.ReminderName) || ReminderTimes.FirstAfter(entry.StartAt, entry.Period, doneUntil) <= keepUntil)
                _schedule.Put(entry, doneUntil, _reading);
        }
    }

    /// <summary>The reading is complete: what it should have found and did not is gone from the table.</summary>
    /// <param name="wasRead">Whether the reading covers the reminders of a grain.</param>
    /// <param name="keepUntil">As for <see cref="TakeRead"/>.</param>
    public void EndReading(Func<GrainId, bool> wasRead, DateTime keepUntil)
    {
        lock (_gate)
        {
            _schedule.RemoveWhere(reminder =>
                wasRead(reminder.Entry.GrainId)
                && !_changedSinceReading.Contains((reminder.Entry.GrainId, reminder.Entry.ReminderName))
                && (reminder.SeenIn != _reading || (reminder.DueAt > keepUntil && !reminder.IsTicking)));
            _isReading = false;
            Arm();
        }
    }

    /// <summary>Begins to send ticks.</summary>
    public void Start()
    {
        lock (_gate)
        {
            _isStarted = true;
            Arm();
        }
    }

    /// <summary>Sends no more ticks, and waits for those on their way. One that does not end in time is left to the next owner.</summary>
    public async Task Stop(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _isStopping = true;
            if (_ticksUnderWay == 0)
                _lastTickEnded.TrySetResult();
        }

        Dispose();
        await _lastTickEnded.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _timer.Dispose();

    // Under the lock.
    private void NoteChange(GrainId grain, string name)
    {
        if (_isReading)
            _changedSinceReading.Add((grain, name));
    }

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    // Under the lock. Ticks are never sent from here: whoever adds a reminder may be in a grain's turn.
    private void Arm()
    {
        if (!_isStarted || _isStopping || _isPumpQueued || _ticksUnderWay >= MaxTicksUnderWay || _schedule.NextDueAt is not { } dueAt)
            return;
        var wait = dueAt - Now;
        if (wait > TimeSpan.Zero)
        {
            _timer.Change(wait < LongestWait ? wait : LongestWait, Timeout.InfiniteTimeSpan);
            return;
        }

        _isPumpQueued = true;
        ThreadPool.UnsafeQueueUserWorkItem(static reminders => reminders.Pump(), this, preferLocal: false);
    }

    private void Pump()
    {
        var due = new List<DueTick>();
        lock (_gate)
        {
            _isPumpQueued = false;
            var now = Now;
            while (_isStarted && !_isStopping && _ticksUnderWay < MaxTicksUnderWay && _schedule.TryTakeDue(now, out var reminder))
            {
                _ticksUnderWay++;
                due.Add(new(reminder, reminder.Entry, reminder.DueAt));
            }

            Arm();
        }

        foreach (var tick in due)
            _ = Send(tick);
    }

    private async Task Send(DueTick tick)
    {
        var entry = tick.Entry;
        if (!_share.IsOpen(entry.GrainId))
        {
            End(tick, TickEnd.NotSent);
            return;
        }

        var sentAt = Now;
        _metrics.Tardy(sentAt - tick.DueAt);
        try
        {
            await _references.Create<IRemindable>(entry.GrainId).ReceiveReminder(entry.ReminderName, new TickStatus(entry.StartAt, entry.Period, sentAt));
            _metrics.Delivered();
            End(tick, TickEnd.Done);
        }
#pragma warning disable CA1031 // Whatever a grain does wrong with one tick must not end its reminder.
        catch (Exception cause)
#pragma warning restore CA1031
        {
            _metrics.Failed();
            LogTickFailed(cause, entry.ReminderName, entry.GrainId, tick.DueAt);

            // A silo that stops may have refused the call itself: then the next owner sends it.
            End(tick, _isStopping ? TickEnd.Unknown : TickEnd.Done);
        }
    }

    private void End(DueTick tick, TickEnd end)
    {
        var now = Now;
        var entry = tick.Entry;
        lock (_gate)
        {
            // A tick of what has been replaced says nothing of what has replaced it.
            if (end == TickEnd.Done && ReferenceEquals(tick.Reminder.Entry, entry) && !tick.Reminder.IsRemoved)
                _recorder.Record(new(entry.GrainId, entry.ReminderName, ReminderTimes.LastUntil(entry.StartAt, entry.Period, now) ?? tick.DueAt));

            // The next reading finds it again, here or on its new owner, with this tick still to be sent.
            if (end == TickEnd.NotSent)
                _schedule.Remove(entry.GrainId, entry.ReminderName);
            _schedule.Ended(tick.Reminder, entry, now);
            if (--_ticksUnderWay == 0 && _isStopping)
                _lastTickEnded.TrySetResult();
            Arm();
        }
    }

    private bool IsUsable(ReminderEntry entry)
    {
        if (entry.Period > TimeSpan.Zero)
            return true;
        LogUnusable(entry.ReminderName, entry.GrainId, entry.Period);
        return false;
    }

    private enum TickEnd
    {
        /// <summary>The grain has had it, whatever it made of it.</summary>
        Done,

        /// <summary>Whether the grain has had it is not known.</summary>
        Unknown,

        /// <summary>It was not sent: the grain is not of this silo's share any more.</summary>
        NotSent,
    }

    private readonly record struct DueTick(LocalReminder Reminder, ReminderEntry Entry, DateTime DueAt);
}
