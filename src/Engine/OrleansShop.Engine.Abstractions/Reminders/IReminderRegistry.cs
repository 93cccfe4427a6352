using Orleans.Runtime;
using Orleans.Services;

namespace Orleans.Timers;

/// <summary>Reminders of grains, for whoever acts on a grain's behalf. Grains use <see cref="GrainReminderExtensions"/>.</summary>
public interface IReminderRegistry : IGrainServiceClient<IReminderService>
{
    /// <summary>Registers a reminder, or replaces the one of this name.</summary>
    /// <param name="callingGrainId">The grain; its class implements <see cref="IRemindable"/>.</param>
    /// <param name="reminderName">The name; unique for the grain.</param>
    /// <param name="dueTime">Time until the first tick; zero or more.</param>
    /// <param name="period">Time from one tick to the next; at least <see cref="Hosting.ReminderOptions.MinimumReminderPeriod"/>.</param>
    /// <exception cref="ArgumentException">A time or the name is out of its range.</exception>
    /// <exception cref="ReminderException">The reminder could not be stored.</exception>
    Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period);

    /// <summary>Removes a reminder. One that is gone already is no error.</summary>
    /// <exception cref="ReminderException">It has been registered anew since <paramref name="reminder"/> was asked for.</exception>
    Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder);

    /// <summary>Returns a reminder; null if there is none of this name.</summary>
    Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName);

    /// <summary>Returns all reminders of a grain.</summary>
    Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId);
}
