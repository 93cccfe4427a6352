using Microsoft.Data.Sqlite;
using OrleansShop.Engine.Streams.DeadLetters;
using OrleansShop.Storage.Sqlite.Files;
using OrleansShop.Storage.Sqlite.GroupCommit;

namespace OrleansShop.Storage.Sqlite.DeadLetters;

/// <summary>Dead letters in one SQLite file. What operators filter by has columns of its own; all of it is in the reason.</summary>
internal sealed class SqliteDeadLetterTable(SqliteDeadLetterOptions options, TimeProvider time) : IDeadLetterTable, IAsyncDisposable
{
    // Positions are never used again, so that a page goes on where the last one ended whatever was purged meanwhile.
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS dead_letter (
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            provider TEXT NOT NULL,
            id TEXT NOT NULL,
            queue TEXT NOT NULL,
            stream_namespace TEXT,
            stream_key TEXT NOT NULL,
            grain_type TEXT NOT NULL,
            exception_type TEXT NOT NULL,
            failed_at INTEGER NOT NULL,
            size INTEGER NOT NULL,
            reason TEXT NOT NULL,
            payload BLOB NOT NULL,
            UNIQUE (provider, id)
        );
        CREATE INDEX IF NOT EXISTS dead_letter_size ON dead_letter (provider, queue, size);
        """;

    private const string Insert = """
        INSERT INTO dead_letter (provider, id, queue, stream_namespace, stream_key, grain_type, exception_type, failed_at, size, reason, payload)
        VALUES ($provider, $id, $queue, $namespace, $key, $type, $exception, $failed, $size, $reason, $payload)
        ON CONFLICT (provider, id) DO UPDATE SET exception_type = excluded.exception_type, failed_at = excluded.failed_at, size = excluded.size, reason = excluded.reason, payload = excluded.payload
        RETURNING position
        """;

    private readonly SqliteDatabase _database = new(options.Path);

    // Guards _writes.
    private readonly Lock _gate = new();
    private SqliteWriteQueue? _writes;
    private bool _isDisposed;

    /// <summary>Opened when it is first needed, and tried again if that fails: a file that cannot be opened must not keep streams from starting.</summary>
    private SqliteWriteQueue Writes
    {
        get
        {
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                return _writes ??= new SqliteWriteQueue(_database, Schema);
            }
        }
    }

    public Task<int> AddAsync(DeadLetterRow row, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(row.Payload, nameof(row));
        ArgumentException.ThrowIfNullOrEmpty(row.Id, nameof(row));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(row.Id.Length, DeadLetter.MaxIdChars, nameof(row));
        return Writes.EnqueueAsync(
            connection =>
            {
                using var command = Command(connection, Insert, row.Reason.Provider);
                command.Parameters.AddWithValue("$id", row.Id);
                command.Parameters.AddWithValue("$queue", row.Reason.Queue);
                command.Parameters.AddWithValue("$namespace", (object?)row.Reason.Stream.GetNamespace() ?? DBNull.Value);
                command.Parameters.AddWithValue("$key", row.Reason.Stream.GetKeyAsString());
                command.Parameters.AddWithValue("$type", row.Reason.Consumer.Type.ToString());
                command.Parameters.AddWithValue("$exception", row.Reason.ExceptionType);
                command.Parameters.AddWithValue("$failed", row.Reason.FailedAt.UtcTicks);
                command.Parameters.AddWithValue("$size", row.SizeBytes);
                command.Parameters.AddWithValue("$reason", row.Reason.ToJson());
                command.Parameters.AddWithValue("$payload", row.Payload);
                return MakeRoom(connection, row.Reason.Provider, (long)command.ExecuteScalar()!);
            },
            cancellationToken);
    }

    public Task<IReadOnlyList<DeadLetterRow>> ReadAsync(string provider, DeadLetterQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        _ = Writes;
        using var connection = _database.Open();
        using var command = Command(connection, $"SELECT id, reason, size, position{(query.WithPayload ? ", payload" : "")} FROM dead_letter WHERE provider = $provider AND position > $after", provider);
        command.Parameters.AddWithValue("$after", query.After);
        command.Parameters.AddWithValue("$limit", query.Limit);
        Narrow(command, query);
        command.CommandText += " ORDER BY position LIMIT $limit";
        using var reader = command.ExecuteReader();
        var rows = new List<DeadLetterRow>();
        while (reader.Read())
            rows.Add(new DeadLetterRow(reader.GetString(0), DeadLetterReason.FromJson(reader.GetString(1)), reader.GetInt64(2), query.WithPayload ? reader.GetFieldValue<byte[]>(4) : null, reader.GetInt64(3)));
        return Task.FromResult<IReadOnlyList<DeadLetterRow>>(rows);
    }

    public Task<bool> RemoveAsync(string provider, string id, CancellationToken cancellationToken) => Writes.EnqueueAsync(
        connection =>
        {
            using var command = Command(connection, "DELETE FROM dead_letter WHERE provider = $provider AND id = $id", provider);
            command.Parameters.AddWithValue("$id", id);
            return command.ExecuteNonQuery() == 1;
        },
        cancellationToken);

    public Task<long> CountAsync(string provider, string queue, CancellationToken cancellationToken)
    {
        _ = Writes;
        using var connection = _database.Open();
        using var command = Command(connection, "SELECT COUNT(*) FROM dead_letter WHERE provider = $provider AND queue = $queue", provider);
        command.Parameters.AddWithValue("$queue", queue);
        return Task.FromResult((long)command.ExecuteScalar()!);
    }

    public async ValueTask DisposeAsync()
    {
        SqliteWriteQueue? writes;
        lock (_gate)
        {
            _isDisposed = true;
            (writes, _writes) = (_writes, null);
        }

        if (writes is not null)
            await writes.DisposeAsync();
    }

    // In the transaction of the one that came, which stays.
    private int MakeRoom(SqliteConnection connection, string provider, long position)
    {
        using var tooOld = Command(connection, "DELETE FROM dead_letter WHERE provider = $provider AND failed_at < $oldest AND position <> $position", provider);
        tooOld.Parameters.AddWithValue("$oldest", (time.GetUtcNow() - options.MaxAge).UtcTicks);
        tooOld.Parameters.AddWithValue("$position", position);
        var dropped = tooOld.ExecuteNonQuery();
        var (letters, bytes) = Sum(connection, provider);
        while (letters > 1 && (letters > options.MaxLetters || bytes > options.MaxBytes))
        {
            using var oldest = Command(
                connection, "DELETE FROM dead_letter WHERE position = (SELECT MIN(position) FROM dead_letter WHERE provider = $provider AND position <> $position) RETURNING size", provider);
            oldest.Parameters.AddWithValue("$position", position);
            bytes -= (long)oldest.ExecuteScalar()!;
            letters--;
            dropped++;
        }

        return dropped;
    }

    private static (long Letters, long Bytes) Sum(SqliteConnection connection, string provider)
    {
        using var command = Command(connection, "SELECT COUNT(*), COALESCE(SUM(size), 0) FROM dead_letter WHERE provider = $provider", provider);
        using var reader = command.ExecuteReader();
        reader.Read();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    private static void Narrow(SqliteCommand command, DeadLetterQuery query)
    {
        var filter = query.Filter;
        And(command, filter.StreamNamespace, "stream_namespace = $namespace", "$namespace");
        And(command, filter.StreamKey, "stream_key = $key", "$key");
        And(command, filter.GrainType, "grain_type = $type", "$type");
        And(command, filter.ExceptionType, "(exception_type = $exception OR substr(exception_type, -length($exception) - 1) = '.' || $exception)", "$exception");
        And(command, filter.FailedBefore?.UtcTicks, "failed_at < $before", "$before");
        And(command, filter.FailedSince?.UtcTicks, "failed_at >= $since", "$since");
        if (query.Ids is not { } ids)
            return;
        var names = ids.Select(static (_, index) => $"$id{index}").ToList();
        command.CommandText += $" AND id IN ({string.Join(", ", names)})";
        for (var i = 0; i < ids.Count; i++)
            command.Parameters.AddWithValue(names[i], ids[i]);
    }

    private static void And(SqliteCommand command, object? value, string condition, string parameter)
    {
        if (value is null)
            return;
        command.CommandText += " AND " + condition;
        command.Parameters.AddWithValue(parameter, value);
    }

    private static SqliteCommand Command(SqliteConnection connection, string text, string provider)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants of this class.
        command.CommandText = text;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$provider", provider);
        return command;
    }
}
