using System.Collections.Concurrent;
using Orleans.Storage;

namespace OrleansShop.Engine.TestingHost.Tests.Grains;

/// <summary>The way of one silo to a storage that all share, with what the silo did there.</summary>
internal sealed class CountedStorage(IGrainStorage shared) : IGrainStorage
{
    public const string Name = "counted";

    private readonly ConcurrentQueue<StorageWrite> _writes = new();
    private int _reads;

    public int Reads => Volatile.Read(ref _reads);

    public IReadOnlyCollection<StorageWrite> Writes => _writes;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Interlocked.Increment(ref _reads);
        return shared.ReadStateAsync(stateName, grainId, grainState);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var over = grainState.ETag;
        await shared.WriteStateAsync(stateName, grainId, grainState);
        _writes.Enqueue(new StorageWrite(over, grainState.ETag));
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => shared.ClearStateAsync(stateName, grainId, grainState);
}

/// <summary>A write that succeeded.</summary>
/// <param name="Over">The version that the writer knew; null for none.</param>
/// <param name="ETag">The version that it made.</param>
internal sealed record StorageWrite(string? Over, string? ETag);
