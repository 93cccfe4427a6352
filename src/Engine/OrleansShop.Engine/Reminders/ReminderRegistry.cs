using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Timers;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Reminders;

/// <summary>Checks what grains ask for before it gets to the <see cref="IReminderService"/>.</summary>
internal sealed class ReminderRegistry(IReminderService service, GrainTypes types, ICodecProvider codecs, ReminderClock clock, IOptions<ReminderOptions> options) : IReminderRegistry
{
    /// <summary>The longest name, in characters: short enough for the keys of all tables.</summary>
    public const int MaxNameLength = 256;

    private readonly GrainInterfaceType _remindable = types.NameOf(typeof(IRemindable), codecs);

    public Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        Check(callingGrainId, reminderName);
        CheckTimes(callingGrainId, reminderName, dueTime, period);
        if (types.FindKnown(callingGrainId.Type) is not { } known || known.Interfaces.All(face => face.Name != _remindable))
        {
            throw new InvalidOperationException(
                $"{callingGrainId} cannot have the reminder \"{reminderName}\": no class of grain type \"{callingGrainId.Type}\" that implements {nameof(IRemindable)} is known here.");
        }

        return service.RegisterOrUpdateReminder(callingGrainId, reminderName, dueTime, period);
    }

    public Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder)
    {
        ArgumentNullException.ThrowIfNull(reminder);
        return reminder is Reminder known && known.GrainId != callingGrainId
            ? throw new ArgumentException($"The {known} cannot be removed by {callingGrainId}: a grain removes its own reminders.", nameof(reminder))
            : service.UnregisterReminder(reminder);
    }

    public Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName)
    {
        Check(callingGrainId, reminderName);
        return service.GetReminder(callingGrainId, reminderName);
    }

    public Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId) => service.GetReminders(callingGrainId);

    private static void Check(GrainId grain, string reminderName)
    {
        if (string.IsNullOrEmpty(reminderName))
            throw new ArgumentException($"A reminder of {grain} needs a name.", nameof(reminderName));
        if (reminderName.Length > MaxNameLength)
        {
            throw new ArgumentOutOfRangeException(
                nameof(reminderName), reminderName.Length, $"The name of a reminder of {grain} has {reminderName.Length} characters; it may have up to {MaxNameLength}.");
        }
    }

    private void CheckTimes(GrainId grain, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Timeout.InfiniteTimeSpan || dueTime < TimeSpan.Zero)
            throw OutOfRange(nameof(dueTime), dueTime, "zero or longer, and not endless");
        if (DateTime.MaxValue - clock.Time.GetUtcNow().UtcDateTime < dueTime)
            throw OutOfRange(nameof(dueTime), dueTime, "such that the calendar does not end before");
        if (period == Timeout.InfiniteTimeSpan || period <= TimeSpan.Zero)
            throw OutOfRange(nameof(period), period, "longer than zero, and not endless: for one tick, unregister the reminder when it comes");
        if (period < options.Value.MinimumReminderPeriod)
            throw OutOfRange(nameof(period), period, $"at least {options.Value.MinimumReminderPeriod} (ReminderOptions.MinimumReminderPeriod); for shorter ones there are timers");

        ArgumentOutOfRangeException OutOfRange(string parameter, TimeSpan given, string wanted) =>
            new(parameter, given, $"The {parameter} of reminder \"{reminderName}\" of {grain} is {given}; it must be {wanted}.");
    }
}
