using Orleans.Reminders;

namespace OrleansShop.Clinic.Visits.Reminders;

/// <summary>When visits begin and when their reminders are due. Its clock is that of the engine's reminders, so that a tick never comes before its time. Immutable.</summary>
internal sealed class VisitSchedule(VisitReminderOptions options, TimeProvider time)
{
    /// <summary>The schedule of a process.</summary>
    public static VisitSchedule Of(IServiceProvider services, VisitReminderOptions options) =>
        new(options, services.GetKeyedService<TimeProvider>(ReminderTimeProviderNames.Reminders) ?? services.GetRequiredService<TimeProvider>());

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>
    /// When a visit of a date begins, in UTC: the visit time of that day in the clinic's zone. A time that the clocks leap over is read as if they had not yet; of one that they show twice it is the first.
    /// </summary>
    public DateTimeOffset BeginningOf(DateOnly date)
    {
        var local = date.ToDateTime(options.VisitTime, DateTimeKind.Unspecified);
        var offset = options.TimeZone.IsAmbiguousTime(local) ? options.TimeZone.GetAmbiguousTimeOffsets(local).Max() : options.TimeZone.GetUtcOffset(local);
        return At(local.Ticks - offset.Ticks);
    }

    /// <summary>When the reminder of a visit that begins then is due, which may be in the past.</summary>
    public DateTimeOffset DueBefore(DateTimeOffset beginning) => At(beginning.Ticks - options.LeadTime.Ticks);

    /// <summary>How long after a failure it is tried again.</summary>
    /// <param name="failures">How many there were in a row, from 1.</param>
    public TimeSpan RetryAfter(int failures)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        var doublings = Math.Min(failures - 1, 30);
        return TimeSpan.FromTicks((long)Math.Min(options.RetryDelay.Ticks * Math.Pow(2, doublings), options.MaxRetryDelay.Ticks));
    }

    // The first and the last days of the calendar can lie beyond it in UTC.
    private static DateTimeOffset At(long utcTicks) => new(Math.Clamp(utcTicks, 0, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);
}
