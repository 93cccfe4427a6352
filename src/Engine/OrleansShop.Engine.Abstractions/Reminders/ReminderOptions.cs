namespace Orleans.Hosting;

/// <summary>How reminders are kept and checked. The same on every silo.</summary>
public sealed class ReminderOptions
{
    /// <summary>The shortest period that a reminder may have. Default: 1 min. Shorter ones are a timer's business.</summary>
    public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How often a silo reads the reminders of its grains again, to find what was changed without its knowledge. Default: 5 min. Reminders that a
    /// grain registers, changes or removes are known at once.
    /// </summary>
    public TimeSpan RefreshReminderListPeriod { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a starting silo tries to reach the reminder table before its start fails. Default: 5 min.</summary>
    public TimeSpan InitializationTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Reminders whose next tick is further away than this are not kept in memory. Default: 10 min. At least twice
    /// <see cref="RefreshReminderListPeriod"/> is used, so that each is read in time.
    /// </summary>
    public TimeSpan ReminderLoadingWindow { get; set; } = TimeSpan.FromMinutes(10);
}
