using System.Collections.Concurrent;
using Orleans.Storage;

namespace OrleansShop.Engine.TestingHost.Tests.Placement;

/// <summary>Stores states as bytes where they outlive every silo. The memory storage of the engine goes with the last silo that uses it.</summary>
internal sealed class KeptStorage(ConcurrentDictionary<string, BinaryData> kept, IGrainStorageSerializer serializer) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.RecordExists = kept.TryGetValue($"{stateName} {grainId}", out var stored);
        grainState.State = stored is null ? default : serializer.Deserialize<T>(stored);
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        kept[$"{stateName} {grainId}"] = serializer.Serialize(grainState.State);
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        kept.TryRemove($"{stateName} {grainId}", out _);
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }
}
