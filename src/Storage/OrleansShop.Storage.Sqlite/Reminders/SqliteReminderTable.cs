using System.Globalization;
using Microsoft.Data.Sqlite;
using OrleansShop.Storage.Sqlite.Files;
using OrleansShop.Storage.Sqlite.GroupCommit;

namespace OrleansShop.Storage.Sqlite.Reminders;

/// <summary>
/// Reminders in one SQLite file. A row's ETag is a number that is given out once for the whole file, so that what was removed and registered anew is not
/// taken for what it was.
/// </summary>
internal sealed partial class SqliteReminderTable(SqliteReminderTableOptions options, string serviceId) : IReminderTable, IAsyncDisposable
{
    // The hash comes first in the key: a silo reads the reminders of a range of hashes, and a grain's hash is known wherever its id is.
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS reminder (
            service_id TEXT NOT NULL,
            grain_hash INTEGER NOT NULL,
            grain_id TEXT NOT NULL,
            name TEXT NOT NULL,
            start_at INTEGER NOT NULL,
            period INTEGER NOT NULL,
            etag INTEGER NOT NULL,
            last_tick INTEGER,
            PRIMARY KEY (service_id, grain_hash, grain_id, name)
        ) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS reminder_etag (last INTEGER NOT NULL);
        INSERT INTO reminder_etag SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM reminder_etag);
        """;

    private const string Columns = "SELECT grain_id, name, start_at, period, etag FROM reminder";
    private const string WhichGrain = "service_id = $service AND grain_hash = $hash AND grain_id = $grain";
    private const string WhichRow = WhichGrain + " AND name = $name";

    private readonly SqliteDatabase _database = new(options.Path);
    private SqliteWriteQueue? _writes;

    private SqliteWriteQueue Writes => _writes
        ?? throw new InvalidOperationException($"The reminder table in {_database.Path} was used before it was started, or after it was stopped.");

    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        _writes ??= new SqliteWriteQueue(_database, Schema);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken = default) => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _writes, null) is { } writes)
            await writes.DisposeAsync();
    }

    public Task<ReminderTableData> ReadRows(GrainId grainId)
    {
        using var connection = _database.Open();
        using var command = ForGrain(connection, $"{Columns} WHERE {WhichGrain}", grainId);
        return Task.FromResult(ReadAll(command));
    }

    public Task<ReminderTableData> ReadRows(uint begin, uint end)
    {
        using var connection = _database.Open();
        using var command = ForRange(connection, Columns, begin, end);
        return Task.FromResult(ReadAll(command));
    }

    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName)
    {
        using var connection = _database.Open();
        using var command = ForRow(connection, $"{Columns} WHERE {WhichRow}", grainId, reminderName);
        return Task.FromResult(ReadAll(command).Reminders.SingleOrDefault());
    }

    public Task<string?> UpsertRow(ReminderEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return Writes.EnqueueAsync<string?>(connection =>
        {
            using var next = Command(connection, "UPDATE reminder_etag SET last = last + 1 RETURNING last");
            var etag = (long)next.ExecuteScalar()!;
            using var upsert = ForRow(
                connection,
                """
                INSERT INTO reminder (service_id, grain_hash, grain_id, name, start_at, period, etag) VALUES ($service, $hash, $grain, $name, $start, $period, $etag)
                ON CONFLICT DO UPDATE SET start_at = excluded.start_at, period = excluded.period, etag = excluded.etag, last_tick = NULL
                """,
                entry.GrainId,
                entry.ReminderName);
            upsert.Parameters.AddWithValue("$start", entry.StartAt.Ticks);
            upsert.Parameters.AddWithValue("$period", entry.Period.Ticks);
            upsert.Parameters.AddWithValue("$etag", etag);
            upsert.ExecuteNonQuery();
            return TextOf(etag);
        });
    }

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) => Writes.EnqueueAsync(connection =>
    {
        using var command = ForRow(connection, $"DELETE FROM reminder WHERE {WhichRow} AND etag = $etag", grainId, reminderName);

        // What is no number was never given out here, and matches no row.
        command.Parameters.AddWithValue("$etag", long.TryParse(eTag, NumberStyles.None, CultureInfo.InvariantCulture, out var etag) ? etag : DBNull.Value);
        return command.ExecuteNonQuery() == 1;
    });

    public Task TestOnlyClearTable() => Writes.EnqueueAsync(connection =>
    {
        using var command = Command(connection, "DELETE FROM reminder WHERE service_id = $service");
        return command.ExecuteNonQuery();
    });

    private static ReminderTableData ReadAll(SqliteCommand command)
    {
        using var reader = command.ExecuteReader();
        var rows = new List<ReminderEntry>();
        while (reader.Read())
        {
            rows.Add(new ReminderEntry
            {
                GrainId = GrainId.Parse(reader.GetString(0)),
                ReminderName = reader.GetString(1),
                StartAt = new DateTime(reader.GetInt64(2), DateTimeKind.Utc),
                Period = TimeSpan.FromTicks(reader.GetInt64(3)),
                ETag = TextOf(reader.GetInt64(4)),
            });
        }

        return new ReminderTableData(rows);
    }

    // Up to and with the end. A range that does not begin below its end wraps.
    private SqliteCommand ForRange(SqliteConnection connection, string columns, uint begin, uint end)
    {
        var command = Command(connection, $"{columns} WHERE service_id = $service AND {(begin < end ? "grain_hash > $begin AND grain_hash <= $end" : "(grain_hash > $begin OR grain_hash <= $end)")}");
        command.Parameters.AddWithValue("$begin", (long)begin);
        command.Parameters.AddWithValue("$end", (long)end);
        return command;
    }

    private SqliteCommand ForRow(SqliteConnection connection, string text, GrainId grainId, string reminderName)
    {
        var command = ForGrain(connection, text, grainId);
        command.Parameters.AddWithValue("$name", reminderName);
        return command;
    }

    private SqliteCommand ForGrain(SqliteConnection connection, string text, GrainId grainId)
    {
        var command = Command(connection, text);
        command.Parameters.AddWithValue("$hash", (long)grainId.GetUniformHashCode());
        command.Parameters.AddWithValue("$grain", grainId.ToString());
        return command;
    }

    private SqliteCommand Command(SqliteConnection connection, string text)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants of this class.
        command.CommandText = text;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$service", serviceId);
        return command;
    }

    private static string TextOf(long etag) => etag.ToString(CultureInfo.InvariantCulture);
}
