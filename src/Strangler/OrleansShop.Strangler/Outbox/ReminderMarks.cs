using System.Globalization;

namespace OrleansShop.Strangler.Outbox;

/// <summary>
/// The mark of a grain that has no index: a reminder, whose ticks do what the sweeper does for entities. The grain implements <see cref="IRemindable"/> and hands its ticks on: <c>if (ReminderMarks.IsMark(name)) outbox.Publish();</c>.
/// Used in the grain's turns only.
/// </summary>
/// <remarks>Cost: a read and a write of the table of reminders for a mark, and a read and a write when it ends.</remarks>
/// <param name="grain">The grain.</param>
public sealed class ReminderMarks(IGrainBase grain) : IOutboxMarks
{
    private const string Prefix = "outbox/";

    /// <summary>What reminders have as their shortest time by default.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>Whether a reminder of this name is a mark.</summary>
    public static bool IsMark(string reminderName)
    {
        ArgumentNullException.ThrowIfNull(reminderName);
        return reminderName.StartsWith(Prefix, StringComparison.Ordinal);
    }

    /// <inheritdoc />
    public async Task<OutboxMark> MarkAsync(OutboxMark mark)
    {
        var standing = await ReadAsync();
        var wanted = standing.Count == 0 ? mark : mark with { From = Math.Min(mark.From, standing.Min(static other => other.Mark.From)) };

        // The new one is there before the others go.
        await grain.RegisterOrUpdateReminder(NameOf(wanted), Period, Period);
        foreach (var (reminder, _) in standing) await grain.UnregisterReminder(reminder);
        return wanted;
    }

    /// <inheritdoc />
    public async Task<OutboxMark?> FindAsync()
    {
        var standing = await ReadAsync();

        // A crash between the two steps above leaves several: each is found and ended in its turn.
        return standing.Count == 0 ? null : standing.MinBy(static one => one.Mark.From).Mark;
    }

    /// <inheritdoc />
    public async Task EndAsync(long token)
    {
        foreach (var (reminder, _) in (await ReadAsync()).Where(one => one.Mark.Token == token)) await grain.UnregisterReminder(reminder);
    }

    private async Task<List<(IGrainReminder Reminder, OutboxMark Mark)>> ReadAsync() =>
        [.. (await grain.GetReminders()).Where(static reminder => IsMark(reminder.ReminderName)).Select(static reminder => (reminder, MarkOf(reminder.ReminderName)))];

    private static string NameOf(OutboxMark mark) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{mark.From}/{mark.Token}");

    private static OutboxMark MarkOf(string name) => name.Split('/') is [_, var from, var token] && long.TryParse(from, CultureInfo.InvariantCulture, out var first) && long.TryParse(token, CultureInfo.InvariantCulture, out var drawn)
        ? new OutboxMark(first, drawn)
        : throw new FormatException($"The reminder \"{name}\" has a name that only marks of outboxes may have, such as \"{Prefix}17/4711\", and is none.");
}
