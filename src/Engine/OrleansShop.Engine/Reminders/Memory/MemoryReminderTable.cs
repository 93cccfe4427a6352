using System.Collections.Concurrent;
using System.Globalization;
using Orleans;
using Orleans.Runtime;
using OrleansShop.Engine.Placement;
using OrleansShop.Engine.Reminders.Protocol;

namespace OrleansShop.Engine.Reminders.Memory;

/// <summary>
/// Reminders in the memory of the process. All silos of one service and cluster in the process share one table, which stays when they stop, so that
/// tests can start a cluster again.
/// </summary>
internal sealed class MemoryReminderTable : IReminderTable, IReminderTickLog
{
    private static readonly ConcurrentDictionary<(string ServiceId, string ClusterId), MemoryReminderTable> s_tables = new();

    // Guards the fields below it. Rows are by partition, so that reading a range does not look at all.
    private readonly Lock _gate = new();
    private readonly Dictionary<(GrainId Grain, string Name), Row>[] _partitions = [.. Enumerable.Range(0, Partition.Count).Select(static _ => new Dictionary<(GrainId, string), Row>())];
    private long _lastETag;

    public static MemoryReminderTable Of(string serviceId, string clusterId) => s_tables.GetOrAdd((serviceId, clusterId), static _ => new MemoryReminderTable());

    public Task<ReminderTableData> ReadRows(GrainId grainId)
    {
        lock (_gate)
            return Task.FromResult(new ReminderTableData(RowsOf(grainId).Values.Where(row => row.Entry.GrainId == grainId).Select(static row => Copy(row.Entry))));
    }

    public Task<ReminderTableData> ReadRows(uint begin, uint end)
    {
        lock (_gate)
            return Task.FromResult(new ReminderTableData(Within(new(begin, end)).Select(static row => Copy(row.Entry))));
    }

    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName)
    {
        lock (_gate)
            return Task.FromResult(RowsOf(grainId).TryGetValue((grainId, reminderName), out var row) ? Copy(row.Entry) : null);
    }

    public Task<string?> UpsertRow(ReminderEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var stored = Copy(entry);
        lock (_gate)
        {
            stored.ETag = (++_lastETag).ToString(CultureInfo.InvariantCulture);
            RowsOf(entry.GrainId)[(entry.GrainId, entry.ReminderName)] = new Row(stored);
            return Task.FromResult<string?>(stored.ETag);
        }
    }

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag)
    {
        lock (_gate)
        {
            var rows = RowsOf(grainId);
            return Task.FromResult(rows.TryGetValue((grainId, reminderName), out var row) && row.Entry.ETag == eTag && rows.Remove((grainId, reminderName)));
        }
    }

    public Task TestOnlyClearTable()
    {
        lock (_gate)
        {
            foreach (var rows in _partitions)
                rows.Clear();
            return Task.CompletedTask;
        }
    }

    public Task<IReadOnlyList<ReminderTick>> ReadTicks(uint begin, uint end)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<ReminderTick>>(
                [.. Within(new(begin, end)).Where(static row => row.LastTick is not null).Select(static row => new ReminderTick(row.Entry.GrainId, row.Entry.ReminderName, row.LastTick!.Value))]);
        }
    }

    public Task RecordTicks(IReadOnlyCollection<ReminderTick> ticks)
    {
        ArgumentNullException.ThrowIfNull(ticks);
        lock (_gate)
        {
            foreach (var tick in ticks)
            {
                if (RowsOf(tick.GrainId).TryGetValue((tick.GrainId, tick.ReminderName), out var row) && !(row.LastTick >= tick.DueAt))
                    row.LastTick = tick.DueAt;
            }

            return Task.CompletedTask;
        }
    }

    private static ReminderEntry Copy(ReminderEntry entry) =>
        new() { GrainId = entry.GrainId, ReminderName = entry.ReminderName, StartAt = entry.StartAt, Period = entry.Period, ETag = entry.ETag };

    private Dictionary<(GrainId Grain, string Name), Row> RowsOf(GrainId grain) => _partitions[Partition.Of(grain)];

    private IEnumerable<Row> Within(HashRange range) =>
        _partitions.Where((_, partition) => range.Touches(partition)).SelectMany(static rows => rows.Values).Where(row => range.Contains(row.Entry.GrainId.GetUniformHashCode()));

    private sealed class Row(ReminderEntry entry)
    {
        public ReminderEntry Entry { get; } = entry;

        public DateTime? LastTick { get; set; }
    }
}
