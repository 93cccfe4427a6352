using System.Globalization;
using Microsoft.Data.Sqlite;
using Orleans.Storage;
using OrleansShop.Storage.Sqlite.Files;
using OrleansShop.Storage.Sqlite.GroupCommit;

namespace OrleansShop.Storage.Sqlite.GrainState;

/// <summary>
/// Grain states in one SQLite file. Each state is a row with an ETag that counts its writes; a write names the ETag that it read, and loses
/// with <see cref="InconsistentStateException"/> if another write was faster.
/// </summary>
internal sealed partial class SqliteGrainStorage : IGrainStorage, IAsyncDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS grain_state (
            service_id TEXT NOT NULL,
            grain_type TEXT NOT NULL,
            grain_key TEXT NOT NULL,
            state_name TEXT NOT NULL,
            etag INTEGER NOT NULL,
            payload BLOB,
            PRIMARY KEY (service_id, grain_type, grain_key, state_name)
        ) WITHOUT ROWID;

        -- Apart from the states, because those that are not there have one, too.
        CREATE TABLE IF NOT EXISTS grain_fence (
            service_id TEXT NOT NULL,
            grain_type TEXT NOT NULL,
            grain_key TEXT NOT NULL,
            state_name TEXT NOT NULL,
            history TEXT NOT NULL,
            number INTEGER NOT NULL,
            PRIMARY KEY (service_id, grain_type, grain_key, state_name)
        ) WITHOUT ROWID;
        """;

    private const string WhichRow = "service_id = $service AND grain_type = $type AND grain_key = $key AND state_name = $name";

    private readonly SqliteDatabase _database;
    private readonly SqliteWriteQueue _writes;
    private readonly SqliteGrainStorageOptions _options;
    private readonly IGrainStorageSerializer _serializer;
    private readonly string _serviceId;

    public SqliteGrainStorage(SqliteGrainStorageOptions options, IGrainStorageSerializer serializer, string serviceId)
    {
        _options = options;
        _serializer = serializer;
        _serviceId = serviceId;
        _database = new SqliteDatabase(options.Path);
        _writes = new SqliteWriteQueue(_database, Schema);
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        using var connection = _database.Open();
        using var command = CommandFor(connection, $"SELECT etag, payload FROM grain_state WHERE {WhichRow}", stateName, grainId);
        using var reader = command.ExecuteReader();
        if (!reader.Read())
        {
            SetEmpty(grainState, etag: null);
        }
        else if (reader.IsDBNull(1))
        {
            SetEmpty(grainState, TextOf(reader.GetInt64(0)));
        }
        else
        {
            grainState.State = _serializer.Deserialize<T>(BinaryData.FromBytes(reader.GetFieldValue<byte[]>(1)));
            grainState.ETag = TextOf(reader.GetInt64(0));
            grainState.RecordExists = true;
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        WriteAsync(stateName, grainId, grainState, guard: null, cancellationToken);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        if (grainState.ETag is not null)
        {
            return ClearAsync(stateName, grainId, grainState, guard: null, cancellationToken);
        }

        // Nothing was read and nothing written: there is no row to clear unless somebody else wrote one meanwhile, which the read after this shows.
        SetEmpty(grainState, etag: null);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _writes.DisposeAsync();

    // A guard runs in the transaction, before the write, which it refuses by an exception.
    private async Task WriteAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, Action<SqliteConnection>? guard, CancellationToken cancellationToken)
    {
        var payload = _serializer.Serialize(grainState.State).ToArray();
        if (payload.Length > _options.MaxStateBytes)
        {
            throw new ArgumentOutOfRangeException(
                nameof(grainState), payload.Length, $"The state '{stateName}' of {grainId} has {payload.Length} bytes; {_options.Path} takes up to {_options.MaxStateBytes}.");
        }

        grainState.ETag = await StoreAsync(stateName, grainId, grainState.ETag, payload, guard, cancellationToken);
        grainState.RecordExists = true;
    }

    private async Task ClearAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, Action<SqliteConnection>? guard, CancellationToken cancellationToken)
    {
        if (_options.DeleteStateOnClear || grainState.ETag is null)
        {
            await DeleteAsync(stateName, grainId, grainState.ETag, guard, cancellationToken);
            SetEmpty(grainState, etag: null);
        }
        else
        {
            SetEmpty(grainState, await StoreAsync(stateName, grainId, grainState.ETag, payload: null, guard, cancellationToken));
        }
    }

    private Task<string> StoreAsync(string stateName, GrainId grainId, string? etag, byte[]? payload, Action<SqliteConnection>? guard, CancellationToken cancellationToken)
    {
        var current = NumberOf(etag, stateName, grainId);
        return _writes.EnqueueAsync(
            connection =>
            {
                guard?.Invoke(connection);
                using var command = CommandFor(
                    connection,
                    current is null
                        ? "INSERT INTO grain_state (service_id, grain_type, grain_key, state_name, etag, payload) VALUES ($service, $type, $key, $name, 1, $payload) ON CONFLICT DO NOTHING"
                        : $"UPDATE grain_state SET etag = etag + 1, payload = $payload WHERE {WhichRow} AND etag = $etag",
                    stateName,
                    grainId);
                command.Parameters.AddWithValue("$payload", (object?)payload ?? DBNull.Value);
                command.Parameters.AddWithValue("$etag", (object?)current ?? DBNull.Value);
                ThrowUnlessOneRow(command.ExecuteNonQuery(), connection, stateName, grainId, etag);
                return TextOf((current ?? 0) + 1);
            },
            cancellationToken);
    }

    // Without an ETag there was nothing, and there must still be nothing.
    private Task<int> DeleteAsync(string stateName, GrainId grainId, string? etag, Action<SqliteConnection>? guard, CancellationToken cancellationToken)
    {
        var current = NumberOf(etag, stateName, grainId);
        return _writes.EnqueueAsync(
            connection =>
            {
                guard?.Invoke(connection);
                using var command = CommandFor(connection, $"DELETE FROM grain_state WHERE {WhichRow} AND etag = $etag", stateName, grainId);
                command.Parameters.AddWithValue("$etag", (object?)current ?? DBNull.Value);
                var rows = command.ExecuteNonQuery();
                if (current is not null || StoredETag(connection, stateName, grainId) is not null)
                {
                    ThrowUnlessOneRow(rows, connection, stateName, grainId, etag);
                }

                return rows;
            },
            cancellationToken);
    }

    private void ThrowUnlessOneRow(int rows, SqliteConnection connection, string stateName, GrainId grainId, string? etag)
    {
        if (rows == 1)
        {
            return;
        }

        var stored = StoredETag(connection, stateName, grainId);
        throw new InconsistentStateException(
            $"The state '{stateName}' of {grainId} was changed by somebody else: its ETag is {stored ?? "none"}, and {etag ?? "none"} was read.", stored, etag);
    }

    private string? StoredETag(SqliteConnection connection, string stateName, GrainId grainId)
    {
        using var command = CommandFor(connection, $"SELECT etag FROM grain_state WHERE {WhichRow}", stateName, grainId);
        return command.ExecuteScalar() is long number ? TextOf(number) : null;
    }

    private SqliteCommand CommandFor(SqliteConnection connection, string text, string stateName, GrainId grainId)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants of this file.
        command.CommandText = text;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$service", _serviceId);
        command.Parameters.AddWithValue("$type", grainId.Type.ToString());
        command.Parameters.AddWithValue("$key", grainId.Key.ToString());
        command.Parameters.AddWithValue("$name", stateName);
        return command;
    }

    private static void SetEmpty<T>(IGrainState<T> grainState, string? etag)
    {
        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = etag;
        grainState.RecordExists = false;
    }

    private static string TextOf(long etag) => etag.ToString(CultureInfo.InvariantCulture);

    private static long? NumberOf(string? etag, string stateName, GrainId grainId) =>
        etag is null ? null
        : long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new InconsistentStateException($"The state '{stateName}' of {grainId} carries the ETag '{etag}', which this storage never gave out.");
}
