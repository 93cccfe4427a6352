using System.Diagnostics;
using Orleans.Runtime;
using OrleansShop.Engine.Calls;

namespace OrleansShop.Engine.Activations;

/// <summary>A timer of one activation. Each tick is a turn; the next is counted from the end of the one before, so that ticks never overlap.</summary>
/// <remarks>
/// At any time the timer is one of: at rest, set (its alarm will ring, or has rung and the tick waits for its turn), or ticking. Ringing happens on any thread, everything else in the activation's turns.
/// </remarks>
internal abstract class GrainTimer : IGrainTimer
{
    private readonly Activation _activation;
    private readonly CancellationTokenSource _disposed = new();
    private readonly CallFlags _flags;
    private Alarm _alarm;
    private TimeSpan _period;
    private TimeSpan? _dueAfterTick;
    private bool _isSet;
    private bool _isTicking;

    protected GrainTimer(Activation activation, GrainTimerCreationOptions options)
    {
        Validate(options.DueTime, nameof(options.DueTime));
        Validate(options.Period, nameof(options.Period));
        _activation = activation;
        _period = options.Period;
        _flags = CallFlags.System | CallFlags.Bound | CallFlags.ForRunner | CallFlags.OneWay
            | (options.Interleave ? CallFlags.AlwaysInterleave : CallFlags.None)
            | (options.KeepAlive ? CallFlags.KeepsAlive : CallFlags.None);
        _alarm = new Alarm(this);
        activation.AddTimer(this);
        Set(options.DueTime);
    }

    /// <summary>Runs the application's callback.</summary>
    protected abstract Task Callback(CancellationToken cancellationToken);

    /// <inheritdoc/>
    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Validate(dueTime, nameof(dueTime));
        Validate(period, nameof(period));
        ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
        _period = period;

        // During a tick the new due time counts from its end.
        if (_isTicking) _dueAfterTick = dueTime;
        else Set(dueTime);
    }

    public void Dispose()
    {
        if (_disposed.IsCancellationRequested) return;
        _alarm.Dispose();
        _activation.RemoveTimer(this);
        _disposed.Cancel();
    }

    /// <summary>One tick, in a turn.</summary>
    /// <param name="alarm">What rang for it.</param>
    internal async ValueTask TickAsync(object alarm)
    {
        // The timer was changed while this tick waited for its turn: another one comes in its place, or none.
        if (_disposed.IsCancellationRequested || alarm != _alarm) return;
        Debug.Assert(_isSet, "An alarm rings only if it was set.");
        Debug.Assert(!_isTicking, "Ticks of a timer never overlap.");
        _isSet = false;
        _isTicking = true;
        try
        {
            await Callback(_disposed.Token);
        }
        catch (OperationCanceledException) when (_disposed.IsCancellationRequested)
        {
            // The callback was told that the timer is gone.
        }
        catch (Exception e)
        {
            _activation.Class.Host.LogTimerFailed(e, _activation.GrainId);
        }

        _isTicking = false;
        if (_disposed.IsCancellationRequested) return;
        var due = _dueAfterTick ?? _period;
        _dueAfterTick = null;
        Set(due);
    }

    /// <summary>Has the next tick come then, and none else.</summary>
    private void Set(TimeSpan due)
    {
        if (_isSet)
        {
            // It may have rung already, or be about to, and nothing takes that back. What has not been set rings no more, so a timer that is at rest keeps its alarm.
            _alarm.Dispose();
            _alarm = new Alarm(this);
        }

        _isSet = due != Timeout.InfiniteTimeSpan;
        if (_isSet) _alarm.Set(due);
    }

    private static void Validate(TimeSpan time, string name)
    {
        if (time < TimeSpan.Zero && time != Timeout.InfiniteTimeSpan) throw new ArgumentOutOfRangeException(name, time, "A time of a timer is zero, positive, or Timeout.InfiniteTimeSpan.");
    }

    /// <summary>Rings once each time it is set, and is set again only when the tick that it rang for has begun: so it is never uncertain which setting a tick belongs to.</summary>
    private sealed class Alarm : IDisposable
    {
        private readonly GrainTimer _owner;
        private readonly ITimer _timer;

        public Alarm(GrainTimer owner)
        {
            _owner = owner;
            _timer = owner._activation.Class.Host.Clock.Time.CreateTimer(static alarm => ((Alarm)alarm!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public void Set(TimeSpan due) => _timer.Change(due, Timeout.InfiniteTimeSpan);

        public void Dispose() => _timer.Dispose();

        // An activation that is gone has disposed its timers; a tick that is refused was on its way then.
        private void Ring() => _owner._activation.TryEnqueue(new TimerTick(_owner, this, _owner._activation, _owner._flags));
    }
}

/// <summary>A timer whose callback takes a state.</summary>
internal sealed class GrainTimer<TState>(Activation activation, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options) : GrainTimer(activation, options)
{
    protected override Task Callback(CancellationToken cancellationToken) => callback(state, cancellationToken);
}
