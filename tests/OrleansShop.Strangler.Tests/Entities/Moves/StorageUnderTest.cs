using Orleans.Storage;

namespace OrleansShop.Strangler.Tests.Entities.Moves;

/// <summary>A store of a process that may be lost at a call, and whose writes may be late.</summary>
internal sealed class StorageUnderTest(IGrainStorage storage, LostAt lost) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => storage.ReadStateAsync(stateName, grainId, grainState);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => lost.RunAsync("store", async () =>
    {
        var sent = new GrainState<T>(grainState.State, grainState.ETag) { RecordExists = grainState.RecordExists };
        await lost.ArriveAsync("store", () => storage.WriteStateAsync(stateName, grainId, sent));
        (grainState.ETag, grainState.RecordExists) = (sent.ETag, sent.RecordExists);
        return true;
    });

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => storage.ClearStateAsync(stateName, grainId, grainState);
}
