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
internal sealed class SqliteGrainStorage : IGrainStorage, IAsyncDisposable
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

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var payload = _serializer.Serialize(grainState.State).ToArray();
        if (payload.Length > _options.MaxStateBytes)
        {
            throw new ArgumentOutOfRangeException(
                nameof(grainState), payload.Length, $"The state '{stateName}' of {grainId} has {payload.Length} bytes; {_options.Path} takes up to {_options.MaxStateBytes}.");
        }

        grainState.ETag = await StoreAsync(stateName, grainId, grainState.ETag, payload, cancellationToken);
        grainState.RecordExists = true;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        if (grainState.ETag is null)
        {
            // Nothing was read and nothing written: there is no row to clear unless somebody else wrote one meanwhile, which the read after this shows.
            SetEmpty(grainState, etag: null);
            return;
        }

        if (_options.DeleteStateOnClear)
        {
            await DeleteAsync(stateName, grainId, grainState.ETag, cancellationToken);
            SetEmpty(grainState, etag: null);
        }
        else
        {
            SetEmpty(grainState, await StoreAsync(stateName, grainId, grainState.ETag, payload: null, cancellationToken));
        }
    }

    public ValueTask DisposeAsync() => _writes.DisposeAsync();

    private Task<string> StoreAsync(string stateName, GrainId grainId, string? etag, byte[]? payload, CancellationToken cancellationToken)
    {
        var current = NumberOf(etag, stateName, grainId);
        return _writes.EnqueueAsync(
            connection =>
            {
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

    private Task<int> DeleteAsync(string stateName, GrainId grainId, string etag, CancellationToken cancellationToken)
    {
        var current = NumberOf(etag, stateName, grainId);
        return _writes.EnqueueAsync(
            connection =>
            {
                using var command = CommandFor(connection, $"DELETE FROM grain_state WHERE {WhichRow} AND etag = $etag", stateName, grainId);
                command.Parameters.AddWithValue("$etag", current);
                var rows = command.ExecuteNonQuery();
                ThrowUnlessOneRow(rows, connection, stateName, grainId, etag);
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

        using var command = CommandFor(connection, $"SELECT etag FROM grain_state WHERE {WhichRow}", stateName, grainId);
        var stored = command.ExecuteScalar() is long number ? TextOf(number) : null;
        throw new InconsistentStateException(
            $"The state '{stateName}' of {grainId} was changed by somebody else: its ETag is {stored ?? "none"}, and {etag ?? "none"} was read.", stored, etag);
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
