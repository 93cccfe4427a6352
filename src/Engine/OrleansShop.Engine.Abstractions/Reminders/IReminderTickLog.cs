using Orleans.Runtime;

namespace OrleansShop.Engine.Reminders;

/// <summary>
/// What a reminder table implements besides <see cref="Orleans.IReminderTable"/> if it can remember ticks: then a tick that was due while no silo ran
/// is sent once when one runs again. Without it, reminders go on with the next tick that is due.
/// </summary>
public interface IReminderTickLog
{
    /// <summary>Reads the last ticks of the reminders in a range of hashes, as <see cref="Orleans.IReminderTable.ReadRows(uint, uint)"/> has it. Those that never ticked are left out.</summary>
    Task<IReadOnlyList<ReminderTick>> ReadTicks(uint begin, uint end);

    /// <summary>
    /// Stores ticks. Of two ticks of one reminder the later counts. The reminder's row keeps its ETag; a reminder that is not there is left out, and one
    /// that is registered anew forgets its ticks.
    /// </summary>
    Task RecordTicks(IReadOnlyCollection<ReminderTick> ticks);
}

/// <summary>A tick that was sent.</summary>
/// <param name="GrainId">The grain.</param>
/// <param name="ReminderName">The reminder.</param>
/// <param name="DueAt">When the tick was due, UTC. Ticks that were due earlier are over as well.</param>
public readonly record struct ReminderTick(GrainId GrainId, string ReminderName, DateTime DueAt);
