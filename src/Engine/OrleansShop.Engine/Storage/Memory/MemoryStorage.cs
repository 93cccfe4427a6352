using System.Globalization;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace OrleansShop.Engine.Storage;

/// <summary>Grain storage in the memory of the process, for development and tests. States are kept as bytes, so that nothing is shared with grains.</summary>
internal sealed class MemoryStorage(string name, MemoryStore store, IGrainStorageSerializer serializer) : IGrainStorage, IDisposable
{
    private bool _isDisposed;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        store.Records.TryGetValue((grainId, stateName), out var record);
        grainState.RecordExists = record?.Bytes is not null;
        grainState.ETag = record is null ? null : EtagOf(record);
        grainState.State = record?.Bytes is { } bytes ? serializer.Deserialize<T>(bytes) : default;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.ETag = Replace(stateName, grainId, grainState.ETag, serializer.Serialize(grainState.State));
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.ETag = Replace(stateName, grainId, grainState.ETag, bytes: null);
        grainState.RecordExists = false;
        grainState.State = default;
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        store.Close();
    }

    private string Replace(string stateName, GrainId grainId, string? expected, BinaryData? bytes)
    {
        var key = (grainId, stateName);
        store.Records.TryGetValue(key, out var current);
        var stored = current is null ? null : EtagOf(current);
        var next = new MemoryRecord((current?.Version ?? 0) + 1, bytes);
        var replaced = stored == expected && (current is null ? store.Records.TryAdd(key, next) : store.Records.TryUpdate(key, next, current));
        return replaced ? EtagOf(next) : throw new InconsistentStateException(
            $"The state \"{stateName}\" of {grainId} in memory storage \"{name}\" was written by someone else since it was read.", stored, expected);
    }

    private static string EtagOf(MemoryRecord record) => record.Version.ToString(CultureInfo.InvariantCulture);
}
