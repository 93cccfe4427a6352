using Microsoft.Data.Sqlite;
using Orleans.Storage;
using OrleansShop.Engine.Storage;

namespace OrleansShop.Storage.Sqlite.GrainState;

/// <summary>Keeps the fences of the built-in engine. A write looks at the fence in its own transaction, so that no other process comes in between.</summary>
internal sealed partial class SqliteGrainStorage : IFencedGrainStorage
{
    async Task IFencedGrainStorage.ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, Fence fence, CancellationToken cancellationToken)
    {
        if (HasToBeRaised(stateName, grainId, fence))
        {
            await _writes.EnqueueAsync(
                connection =>
                {
                    var isRaised = StoredFence.IsRaisedBy(FenceOf(connection, stateName, grainId), fence);
                    if (isRaised) Keep(connection, stateName, grainId, fence);
                    return isRaised;
                },
                cancellationToken);
        }

        await ReadStateAsync(stateName, grainId, grainState, cancellationToken);
    }

    Task IFencedGrainStorage.WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, Fence fence, CancellationToken cancellationToken) =>
        WriteAsync(stateName, grainId, grainState, GuardOf(stateName, grainId, grainState.ETag, fence), cancellationToken);

    Task IFencedGrainStorage.ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, Fence fence, CancellationToken cancellationToken) =>
        ClearAsync(stateName, grainId, grainState, GuardOf(stateName, grainId, grainState.ETag, fence), cancellationToken);

    private bool HasToBeRaised(string stateName, GrainId grainId, Fence fence)
    {
        using var connection = _database.Open();
        return StoredFence.IsRaisedBy(FenceOf(connection, stateName, grainId), fence);
    }

    private Action<SqliteConnection> GuardOf(string stateName, GrainId grainId, string? etag, Fence fence) => connection =>
    {
        var stored = FenceOf(connection, stateName, grainId);
        if (stored is { } there && !StoredFence.Admits(there, fence))
            throw new InconsistentStateException(there.Refusal($"The state '{stateName}' of {grainId} in {_options.Path}", fence), StoredETag(connection, stateName, grainId), etag);
        if (fence.Number > 0 && stored != StoredFence.Of(fence)) Keep(connection, stateName, grainId, fence);
    };

    private StoredFence? FenceOf(SqliteConnection connection, string stateName, GrainId grainId)
    {
        using var command = CommandFor(connection, $"SELECT history, number FROM grain_fence WHERE {WhichRow}", stateName, grainId);
        using var reader = command.ExecuteReader();
        return reader.Read() ? new StoredFence(reader.GetString(0), reader.GetInt64(1)) : null;
    }

    private void Keep(SqliteConnection connection, string stateName, GrainId grainId, Fence fence)
    {
        using var command = CommandFor(
            connection, "INSERT OR REPLACE INTO grain_fence (service_id, grain_type, grain_key, state_name, history, number) VALUES ($service, $type, $key, $name, $history, $number)", stateName, grainId);
        command.Parameters.AddWithValue("$history", fence.History);
        command.Parameters.AddWithValue("$number", fence.Number);
        command.ExecuteNonQuery();
    }
}
