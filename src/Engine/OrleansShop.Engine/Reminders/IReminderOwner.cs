using Orleans;
using Orleans.Runtime;

namespace OrleansShop.Engine.Reminders;

/// <summary>The silo that sends the ticks of a reminder, for the one where it is changed. The change is in the table already.</summary>
internal interface IReminderOwner : ISystemTarget
{
    /// <summary>A reminder was registered or replaced. False if this silo does not own its grain.</summary>
    [ResponseTimeout("00:00:05")]
    ValueTask<bool> Put(ReminderEntry entry);

    /// <summary>A reminder was removed. False if this silo does not own its grain.</summary>
    [ResponseTimeout("00:00:05")]
    ValueTask<bool> Remove(GrainId grainId, string reminderName);
}
