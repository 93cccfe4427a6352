using OrleansShop.Engine.Reminders;

namespace OrleansShop.Storage.Sqlite.Reminders;

/// <summary>Remembers ticks, which the built-in engine asks for.</summary>
internal sealed partial class SqliteReminderTable : IReminderTickLog
{
    public Task<IReadOnlyList<ReminderTick>> ReadTicks(uint begin, uint end)
    {
        using var connection = _database.Open();
        using var command = ForRange(connection, "SELECT grain_id, name, last_tick FROM reminder", begin, end);
        using var reader = command.ExecuteReader();
        var ticks = new List<ReminderTick>();
        while (reader.Read())
        {
            if (!reader.IsDBNull(2))
                ticks.Add(new(GrainId.Parse(reader.GetString(0)), reader.GetString(1), new DateTime(reader.GetInt64(2), DateTimeKind.Utc)));
        }

        return Task.FromResult<IReadOnlyList<ReminderTick>>(ticks);
    }

    public Task RecordTicks(IReadOnlyCollection<ReminderTick> ticks)
    {
        ArgumentNullException.ThrowIfNull(ticks);
        return Writes.EnqueueAsync(connection =>
        {
            var recorded = 0;
            foreach (var tick in ticks)
            {
                using var command = ForRow(connection, $"UPDATE reminder SET last_tick = $tick WHERE {WhichRow} AND (last_tick IS NULL OR last_tick < $tick)", tick.GrainId, tick.ReminderName);
                command.Parameters.AddWithValue("$tick", tick.DueAt.Ticks);
                recorded += command.ExecuteNonQuery();
            }

            return recorded;
        });
    }
}
