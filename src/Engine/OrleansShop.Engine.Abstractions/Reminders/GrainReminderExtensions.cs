using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Timers;
using OrleansShop.Engine.Context;

namespace Orleans;

/// <summary>A grain's own reminders. They outlive activations, silos and, unless the table is in memory, the whole cluster.</summary>
public static class GrainReminderExtensions
{
    /// <summary>Registers a reminder of this grain, or replaces the one of this name.</summary>
    /// <param name="grain">The grain; implements <see cref="IRemindable"/>.</param>
    /// <param name="reminderName">The name; unique for the grain.</param>
    /// <param name="dueTime">Time until the first tick; zero or more.</param>
    /// <param name="period">Time from one tick to the next; at least <see cref="Hosting.ReminderOptions.MinimumReminderPeriod"/>.</param>
    /// <exception cref="ArgumentException">A time or the name is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The grain does not implement <see cref="IRemindable"/>.</exception>
    /// <exception cref="OrleansConfigurationException">The silo has no reminder service.</exception>
    /// <exception cref="ReminderException">The reminder could not be stored.</exception>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(this Grain grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
        RegisterOrUpdateReminder((IGrainBase)grain, reminderName, dueTime, period);

    /// <inheritdoc cref="RegisterOrUpdateReminder(Grain, string, TimeSpan, TimeSpan)"/>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        var registry = RegistryOf(grain);
        return grain is IRemindable
            ? registry.RegisterOrUpdateReminder(grain.GrainContext.GrainId, reminderName, dueTime, period)
            : throw new InvalidOperationException($"{grain.GetType()} cannot have the reminder \"{reminderName}\": it does not implement {nameof(IRemindable)}, through which ticks arrive.");
    }

    /// <summary>Removes a reminder of this grain. One that is gone already is no error.</summary>
    /// <exception cref="ReminderException">It has been registered anew since <paramref name="reminder"/> was asked for.</exception>
    public static Task UnregisterReminder(this Grain grain, IGrainReminder reminder) => UnregisterReminder((IGrainBase)grain, reminder);

    /// <inheritdoc cref="UnregisterReminder(Grain, IGrainReminder)"/>
    public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder) =>
        RegistryOf(grain).UnregisterReminder(grain.GrainContext.GrainId, reminder);

    /// <summary>Returns a reminder of this grain; null if there is none of this name.</summary>
    public static Task<IGrainReminder?> GetReminder(this Grain grain, string reminderName) => GetReminder((IGrainBase)grain, reminderName);

    /// <inheritdoc cref="GetReminder(Grain, string)"/>
    public static Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName) =>
        RegistryOf(grain).GetReminder(grain.GrainContext.GrainId, reminderName);

    /// <summary>Returns all reminders of this grain.</summary>
    public static Task<List<IGrainReminder>> GetReminders(this Grain grain) => GetReminders((IGrainBase)grain);

    /// <inheritdoc cref="GetReminders(Grain)"/>
    public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain) => RegistryOf(grain).GetReminders(grain.GrainContext.GrainId);

    private static IReminderRegistry RegistryOf(IGrainBase grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        var services = (grain.GrainContext as IHasGrainRuntime)?.Runtime.ServiceProvider ?? grain.GrainContext.ActivationServices;
        return services.GetService<IReminderRegistry>() ?? throw new OrleansConfigurationException(
            $"{grain.GrainContext.GrainId} uses reminders, but its silo has no reminder service: call UseInMemoryReminderService, UseSqliteReminderService, or the method of another reminder table, on the silo builder.");
    }
}
