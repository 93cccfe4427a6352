using Orleans.Runtime;
using OrleansShop.Engine.Calls;

namespace OrleansShop.Engine.Activations;

/// <summary>A timer of one activation. Each tick is a turn; the next is counted from the end of the one before.</summary>
internal abstract class GrainTimer : IGrainTimer
{
    private readonly Activation _activation;
    private readonly CancellationTokenSource _disposed = new();
    private readonly ITimer _timer;
    private readonly CallFlags _flags;
    private TimeSpan _period;
    private bool _isTicking;
    private bool _wasChanged;

    protected GrainTimer(Activation activation, GrainTimerCreationOptions options)
    {
        Validate(options.DueTime, nameof(options.DueTime));
        Validate(options.Period, nameof(options.Period));
        _activation = activation;
        _period = options.Period;
        _flags = CallFlags.System | CallFlags.Bound | CallFlags.ForRunner | CallFlags.OneWay
            | (options.Interleave ? CallFlags.AlwaysInterleave : CallFlags.None)
            | (options.KeepAlive ? CallFlags.KeepsAlive : CallFlags.None);
        _timer = activation.Class.Host.Clock.Time.CreateTimer(static timer => ((GrainTimer)timer!).Due(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        activation.AddTimer(this);
        _timer.Change(options.DueTime, Timeout.InfiniteTimeSpan);
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

        // During a tick the new due time counts from its end, so that ticks never overlap.
        _wasChanged = _isTicking;
        _dueAfterTick = dueTime;
        if (!_isTicking) _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
    }

    private TimeSpan _dueAfterTick;

    public void Dispose()
    {
        if (_disposed.IsCancellationRequested) return;
        _timer.Dispose();
        _activation.RemoveTimer(this);
        _disposed.Cancel();
    }

    /// <summary>One tick, in a turn.</summary>
    internal async ValueTask TickAsync()
    {
        if (_disposed.IsCancellationRequested) return;
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
        var due = _wasChanged ? _dueAfterTick : _period;
        _wasChanged = false;
        if (due != Timeout.InfiniteTimeSpan) _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    // An activation that is gone has disposed its timers; a tick that is refused was on its way then.
    private void Due() => _activation.TryEnqueue(new TimerTick(this, _activation, _flags));

    private static void Validate(TimeSpan time, string name)
    {
        if (time < TimeSpan.Zero && time != Timeout.InfiniteTimeSpan) throw new ArgumentOutOfRangeException(name, time, "A time of a timer is zero, positive, or Timeout.InfiniteTimeSpan.");
    }
}

/// <summary>A timer whose callback takes a state.</summary>
internal sealed class GrainTimer<TState>(Activation activation, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options) : GrainTimer(activation, options)
{
    protected override Task Callback(CancellationToken cancellationToken) => callback(state, cancellationToken);
}
