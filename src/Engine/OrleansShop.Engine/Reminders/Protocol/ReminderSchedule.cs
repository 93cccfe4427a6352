using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Orleans;
using Orleans.Runtime;

namespace OrleansShop.Engine.Reminders.Protocol;

/// <summary>The reminders of a silo in the order in which they are due. No clock and no lock: times come as arguments, and one caller at a time.</summary>
/// <remarks>
/// A reminder is in the queue once for each time that it was scheduled; all places but the last are skipped when they come up. Removing one from the middle
/// of the queue would cost a search.
/// </remarks>
internal sealed class ReminderSchedule
{
    private readonly Dictionary<(GrainId Grain, string Name), LocalReminder> _reminders = [];
    private readonly PriorityQueue<(LocalReminder Reminder, int Place), DateTime> _queue = new();

    /// <summary>How many reminders there are.</summary>
    public int Count => _reminders.Count;

    /// <summary>When the next tick is due, UTC; null if none is.</summary>
    public DateTime? NextDueAt
    {
        get
        {
            while (_queue.TryPeek(out var first, out var dueAt))
            {
                if (IsCurrent(first.Reminder, first.Place))
                    return dueAt;
                _queue.Dequeue();
            }

            return null;
        }
    }

    public bool Contains(GrainId grain, string name) => _reminders.TryGetValue((grain, name), out var reminder) && !reminder.IsRemoved;

    /// <summary>Adds a reminder, or replaces its row.</summary>
    /// <param name="entry">The row. One that is known with this ETag changes nothing.</param>
    /// <param name="doneUntil">Ticks that were due up to this time are over; of later ones that are overdue, one is sent.</param>
    /// <param name="reading">The number of the reading that it was found in; 0 for none.</param>
    public void Put(ReminderEntry entry, DateTime doneUntil, int reading = 0)
    {
        var key = (entry.GrainId, entry.ReminderName);
        if (!_reminders.TryGetValue(key, out var reminder))
            _reminders.Add(key, reminder = new LocalReminder(entry));
        else if (!reminder.IsRemoved && reminder.Entry.ETag == entry.ETag)
            entry = reminder.Entry;

        reminder.SeenIn = reading;
        if (ReferenceEquals(reminder.Entry, entry) && reminder.Place != 0 && !reminder.IsRemoved)
            return;

        // One that is ticking is scheduled when the tick has ended.
        reminder.Entry = entry;
        reminder.IsRemoved = false;
        reminder.DueAt = ReminderTimes.FirstAfter(entry.StartAt, entry.Period, doneUntil);
        if (!reminder.IsTicking)
            Enqueue(reminder);
    }

    /// <summary>Takes a reminder out; false if it is not there.</summary>
    public bool Remove(GrainId grain, string name)
    {
        if (!_reminders.TryGetValue((grain, name), out var reminder) || reminder.IsRemoved)
            return false;
        Remove(reminder);
        return true;
    }

    /// <summary>Takes out the reminders that fit.</summary>
    public void RemoveWhere(Func<LocalReminder, bool> condition)
    {
        foreach (var reminder in _reminders.Values.Where(reminder => !reminder.IsRemoved && condition(reminder)).ToList())
            Remove(reminder);
    }

    /// <summary>Takes the next reminder whose tick is due, and has no other of its ticks come up before <see cref="Ended"/>.</summary>
    public bool TryTakeDue(DateTime now, [NotNullWhen(true)] out LocalReminder? reminder)
    {
        reminder = null;
        if (NextDueAt is not { } dueAt || dueAt > now)
            return false;
        reminder = _queue.Dequeue().Reminder;
        Debug.Assert(!reminder.IsTicking, "A reminder that ticks is not in the queue.");
        Debug.Assert(!reminder.IsRemoved, "A removed reminder has no current place in the queue.");
        reminder.IsTicking = true;
        return true;
    }

    /// <summary>A tick has ended: the next one is due at the first whole period after <paramref name="now"/>. What came due meanwhile is over.</summary>
    /// <param name="reminder">The reminder.</param>
    /// <param name="sent">The row that the tick was sent for. If it was replaced meanwhile, the new one has its own due time.</param>
    /// <param name="now">The time, UTC.</param>
    public void Ended(LocalReminder reminder, ReminderEntry sent, DateTime now)
    {
        Debug.Assert(reminder.IsTicking, "A tick ends once.");
        reminder.IsTicking = false;
        if (reminder.IsRemoved)
        {
            _reminders.Remove((reminder.Entry.GrainId, reminder.Entry.ReminderName));
            return;
        }

        if (ReferenceEquals(reminder.Entry, sent))
            reminder.DueAt = ReminderTimes.FirstAfter(sent.StartAt, sent.Period, now);
        Enqueue(reminder);
    }

    private static bool IsCurrent(LocalReminder reminder, int place) => reminder.Place == place && !reminder.IsTicking && !reminder.IsRemoved;

    private void Enqueue(LocalReminder reminder) => _queue.Enqueue((reminder, ++reminder.Place), reminder.DueAt);

    private void Remove(LocalReminder reminder)
    {
        reminder.IsRemoved = true;
        if (!reminder.IsTicking)
            _reminders.Remove((reminder.Entry.GrainId, reminder.Entry.ReminderName));
    }
}
