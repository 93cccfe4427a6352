using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace OrleansShop.Engine.Reminders;

/// <summary>
/// Writes down which ticks were sent, in groups: what ends while a group is written is in the next. At most one tick per reminder waits, the last.
/// Does nothing if the table does not remember ticks.
/// </summary>
internal sealed partial class TickRecorder(IReminderTable table, TimeProvider time, ILogger<TickRecorder> logger)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly IReminderTickLog? _log = table as IReminderTickLog;
    private readonly ILogger _logger = logger;

    // Guards the fields below it.
    private readonly Lock _gate = new();
    private Dictionary<(GrainId, string), ReminderTick> _waiting = [];
    private Task _writing = Task.CompletedTask;
    private bool _isWriting;

    /// <summary>Has a tick written down, soon.</summary>
    public void Record(ReminderTick tick)
    {
        if (_log is null)
            return;
        lock (_gate)
        {
            Keep(tick);
            if (_isWriting)
                return;
            _isWriting = true;
            _writing = Task.Run(() => Write(_log));
        }
    }

    /// <summary>Waits until what was recorded is written, or for as long as the caller wants to.</summary>
    public Task Written(CancellationToken cancellationToken)
    {
        lock (_gate)
            return _writing.WaitAsync(cancellationToken);
    }

    private async Task Write(IReminderTickLog log)
    {
        while (TakeWaiting() is { } group)
        {
            try
            {
                await log.RecordTicks(group);
            }
#pragma warning disable CA1031 // A table may throw anything. The ticks were sent; writing that down is tried again.
            catch (Exception cause)
#pragma warning restore CA1031
            {
                LogNotRecorded(cause, group.Count, RetryDelay);
                lock (_gate)
                {
                    foreach (var tick in group)
                        Keep(tick);
                }

                await Task.Delay(RetryDelay, time);
            }
        }
    }

    private Dictionary<(GrainId, string), ReminderTick>.ValueCollection? TakeWaiting()
    {
        lock (_gate)
        {
            _isWriting = _waiting.Count > 0;
            if (!_isWriting)
                return null;
            var group = _waiting;
            _waiting = [];
            return group.Values;
        }
    }

    // Under the lock.
    private void Keep(ReminderTick tick)
    {
        var key = (tick.GrainId, tick.ReminderName);
        if (!_waiting.TryGetValue(key, out var known) || known.DueAt < tick.DueAt)
            _waiting[key] = tick;
    }

    [LoggerMessage(1702, LogLevel.Warning, "{Count} ticks could not be written down and are tried again in {Delay}; if the silo crashes before, they are sent again")]
    private partial void LogNotRecorded(Exception cause, int count, TimeSpan delay);
}
