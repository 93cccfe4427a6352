using Orleans.Storage;

namespace OrleansShop.Engine.Tests.Storage;

/// <summary>Storage that counts how often it is read.</summary>
internal sealed class CountingStorage(IGrainStorage inner) : IGrainStorage
{
    private int _reads;

    public int Reads => _reads;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Interlocked.Increment(ref _reads);
        return inner.ReadStateAsync(stateName, grainId, grainState);
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.WriteStateAsync(stateName, grainId, grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ClearStateAsync(stateName, grainId, grainState);
}
