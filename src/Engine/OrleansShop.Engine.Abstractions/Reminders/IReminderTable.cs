using Orleans.Runtime;

namespace Orleans;

/// <summary>Where the reminders of a service are stored. One for all silos; thread-safe.</summary>
public interface IReminderTable
{
    /// <summary>Gets the table ready. Called before anything else, on each silo.</summary>
    Task StartAsync(CancellationToken cancellationToken = default) =>
#pragma warning disable CS0618 // Tables that were written before StartAsync implement Init.
        Init();
#pragma warning restore CS0618

    /// <summary>Gets the table ready.</summary>
    [Obsolete("Implement and use StartAsync instead")]
    Task Init() => Task.CompletedTask;

    /// <summary>Reads the rows of one grain.</summary>
    Task<ReminderTableData> ReadRows(GrainId grainId);

    /// <summary>
    /// Reads the rows of the grains whose uniform hash is above <paramref name="begin"/> and up to <paramref name="end"/>. If
    /// <paramref name="begin"/> is not below <paramref name="end"/>, the range wraps: hashes above the one, and up to the other.
    /// </summary>
    Task<ReminderTableData> ReadRows(uint begin, uint end);

    /// <summary>Reads one row; null if there is none.</summary>
    Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName);

    /// <summary>Writes a row, whether there is one or not, and returns its new ETag; null if it was not written.</summary>
    Task<string?> UpsertRow(ReminderEntry entry);

    /// <summary>Removes a row if its ETag is still <paramref name="eTag"/>. True if it was removed.</summary>
    Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag);

    /// <summary>Removes all rows of the service. For tests.</summary>
    Task TestOnlyClearTable();

    /// <summary>Lets go of what the table holds. Called last, on each silo.</summary>
    Task StopAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
}
