using Orleans;

namespace OrleansShop.Engine.Reminders.Protocol;

/// <summary>A reminder whose ticks this silo sends. Belongs to its <see cref="ReminderSchedule"/>.</summary>
internal sealed class LocalReminder(ReminderEntry entry)
{
    /// <summary>The row, as it was last read or written.</summary>
    public ReminderEntry Entry { get; set; } = entry;

    /// <summary>When the next tick is due, UTC.</summary>
    public DateTime DueAt { get; set; }

    /// <summary>Whether a tick is on its way: no other is sent before it has ended.</summary>
    public bool IsTicking { get; set; }

    /// <summary>Whether it was removed while a tick was on its way: then it goes when that ends.</summary>
    public bool IsRemoved { get; set; }

    /// <summary>Which of its places in the queue counts; the others are of earlier due times.</summary>
    public int Place { get; set; }

    /// <summary>The last reading of the table that it was in.</summary>
    public int SeenIn { get; set; }
}
