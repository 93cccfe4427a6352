using Orleans.Runtime;
using Orleans.Services;

namespace Orleans;

/// <summary>The reminders of a silo: it stores them, and sends the ticks of those whose grains it owns.</summary>
public interface IReminderService : IGrainService
{
    /// <summary>Starts the service.</summary>
    Task Start();

    /// <summary>Stops the service.</summary>
    Task Stop();

    /// <summary>Registers a reminder, or replaces the one of this name.</summary>
    /// <exception cref="ReminderException">It could not be stored.</exception>
    Task<IGrainReminder> RegisterOrUpdateReminder(GrainId grainId, string reminderName, TimeSpan dueTime, TimeSpan period);

    /// <summary>Removes a reminder.</summary>
    /// <exception cref="ReminderException">It has been registered anew since, or could not be removed.</exception>
    Task UnregisterReminder(IGrainReminder reminder);

    /// <summary>Returns a reminder; null if there is none of this name.</summary>
    Task<IGrainReminder?> GetReminder(GrainId grainId, string reminderName);

    /// <summary>Returns all reminders of a grain.</summary>
    Task<List<IGrainReminder>> GetReminders(GrainId grainId);
}
