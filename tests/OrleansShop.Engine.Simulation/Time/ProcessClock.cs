using OrleansShop.Engine.Simulation.Processes;

namespace OrleansShop.Engine.Simulation.Time;

/// <summary>The clock of one process: it counts from anywhere, and at a rate of its own.</summary>
/// <param name="time">Virtual time.</param>
/// <param name="process">Whose clock it is: timers fire there, when it is not frozen.</param>
/// <param name="rate">How many seconds it counts in one of virtual time.</param>
/// <param name="origin">Where its timestamps begin.</param>
internal sealed class ProcessClock(VirtualTime time, SimulatedProcess process, double rate, TimeSpan origin) : TimeProvider
{
    private static readonly DateTimeOffset s_begin = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => origin.Ticks + (long)(time.Now.Ticks * rate);

    public override DateTimeOffset GetUtcNow() => s_begin + time.Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ProcessTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    // A tick later rather than too early: no timer is due before its time by its own clock.
    private TimeSpan Until(TimeSpan dueTime) => TimeSpan.FromTicks((long)(dueTime.Ticks / rate) + 1);

    private sealed class ProcessTimer(ProcessClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        // Counts the changes: what was due by an earlier one is not any more.
        private int _stamp;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            _stamp++;
            if (dueTime != Timeout.InfiniteTimeSpan)
                Schedule(dueTime);
            return true;
        }

        public void Dispose() => _stamp++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Schedule(TimeSpan dueTime)
        {
            var stamp = _stamp;
            clock.Time.After(clock.Until(dueTime), () =>
            {
                if (stamp == _stamp)
                    clock.Process.Receive(() => Fire(stamp));
            });
        }

        // A process that was frozen finds one tick of a timer, however many it has missed.
        private void Fire(int stamp)
        {
            if (stamp != _stamp)
                return;
            if (_period > TimeSpan.Zero)
                Schedule(_period);
            callback(state);
        }
    }

    private VirtualTime Time => time;

    private SimulatedProcess Process => process;
}
