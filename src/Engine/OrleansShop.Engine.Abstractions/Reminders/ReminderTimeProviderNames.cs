namespace Orleans.Reminders;

/// <summary>The keys of clocks that reminders use.</summary>
public static class ReminderTimeProviderNames
{
    /// <summary>A <see cref="TimeProvider"/> that is registered under this key is the clock of due times; otherwise the silo's is.</summary>
    public const string Reminders = "Orleans.Reminders";
}
