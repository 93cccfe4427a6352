using Orleans.Storage;

namespace OrleansShop.Strangler.Tests.Entities.Moves;

/// <summary>A store of a process that may be lost at a call.</summary>
internal sealed class StorageUnderTest(IGrainStorage storage, LostAt lost) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => storage.ReadStateAsync(stateName, grainId, grainState);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => lost.RunAsync("store", async () =>
    {
        await storage.WriteStateAsync(stateName, grainId, grainState);
        return true;
    });

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => storage.ClearStateAsync(stateName, grainId, grainState);
}
