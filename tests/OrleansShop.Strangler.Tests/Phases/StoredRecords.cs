using System.Collections.Concurrent;
using Orleans.Storage;

namespace OrleansShop.Strangler.Tests.Phases;

/// <summary>Storage that is handed from silo to silo and can refuse a write.</summary>
internal sealed class StoredRecords : IGrainStorage
{
    private readonly ConcurrentDictionary<GrainId, object> _states = new();
    private bool _failNextWrite;

    internal int Writes { get; private set; }

    internal void FailNextWrite() => _failNextWrite = true;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_states.TryGetValue(grainId, out var state))
        {
            (grainState.State, grainState.RecordExists) = ((T)state, true);
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_failNextWrite)
        {
            _failNextWrite = false;
            throw new IOException("The disk is full.");
        }

        Writes++;
        _states[grainId] = grainState.State!;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        _states.TryRemove(grainId, out _);
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }
}
