using Orleans.Runtime;

namespace Orleans;

/// <summary>A grain that has reminders.</summary>
public interface IRemindable : IGrain
{
    /// <summary>A reminder of the grain is due. An ordinary call: it activates the grain if need be, and waits for its turn.</summary>
    /// <param name="reminderName">The name that the reminder was registered under.</param>
    /// <param name="status">When the reminder began, its period, and when this tick was sent.</param>
    Task ReceiveReminder(string reminderName, TickStatus status);
}
