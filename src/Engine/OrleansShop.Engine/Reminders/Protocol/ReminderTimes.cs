namespace OrleansShop.Engine.Reminders.Protocol;

/// <summary>When the ticks of a reminder are due: at its start, and at each whole period after it.</summary>
internal static class ReminderTimes
{
    /// <summary>The first tick that is due after <paramref name="time"/>; <see cref="DateTime.MaxValue"/> if the calendar ends before.</summary>
    public static DateTime FirstAfter(DateTime startAt, TimeSpan period, DateTime time)
    {
        if (time < startAt)
            return startAt;
        var whole = WholePeriods(startAt, period, time);
        return DateTime.MaxValue.Ticks - startAt.Ticks - whole >= period.Ticks ? startAt.AddTicks(whole).Add(period) : DateTime.MaxValue;
    }

    /// <summary>The last tick that is due at <paramref name="time"/> or before; null before the first.</summary>
    public static DateTime? LastUntil(DateTime startAt, TimeSpan period, DateTime time) =>
        time < startAt ? null : startAt.AddTicks(WholePeriods(startAt, period, time));

    private static long WholePeriods(DateTime startAt, TimeSpan period, DateTime time)
    {
        var elapsed = (time - startAt).Ticks;
        return elapsed - elapsed % period.Ticks;
    }
}
