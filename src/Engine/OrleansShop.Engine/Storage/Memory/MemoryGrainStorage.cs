using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Serialization.Serializers;
using OrleansShop.Engine.Storage;

namespace Orleans.Storage;

#pragma warning disable CA1725 // The names of the parameters are part of the public programming model.

/// <summary>
/// Grain storage in the memory of the process, for development and tests. States are kept as bytes, so that nothing is shared with grains. The silos
/// of one cluster in one process share what they store, so that a grain finds its state after it moved.
/// </summary>
public class MemoryGrainStorage : IFencedGrainStorage, IDisposable
{
    private readonly string _name;
    private readonly MemoryStore _store;
    private readonly IGrainStorageSerializer _serializer;
    private readonly IActivatorProvider _activators;
    private bool _isDisposed;

    /// <summary>Opens the storage of the cluster that <paramref name="grainFactory"/> belongs to; one of its own if it belongs to none.</summary>
    /// <param name="name">The provider's name.</param>
    /// <param name="options">How. Its serializer comes first.</param>
    /// <param name="logger">Not used: memory has nothing to tell.</param>
    /// <param name="grainFactory">Belongs to the silo.</param>
    /// <param name="defaultGrainStorageSerializer">Turns states into bytes if the options name no serializer.</param>
    /// <param name="activatorProvider">Creates states that were never stored.</param>
    public MemoryGrainStorage(
        string name, MemoryGrainStorageOptions options, ILogger<MemoryGrainStorage> logger, IGrainFactory grainFactory, IGrainStorageSerializer defaultGrainStorageSerializer, IActivatorProvider activatorProvider)
        : this(name, StoreOf(grainFactory, name), options?.GrainStorageSerializer ?? defaultGrainStorageSerializer, activatorProvider)
    {
    }

    internal MemoryGrainStorage(string name, MemoryStore store, IGrainStorageSerializer serializer, IActivatorProvider activators) =>
        (_name, _store, _serializer, _activators) = (name, store, serializer, activators);

    /// <inheritdoc/>
    public virtual Task ReadStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        _store.Records.TryGetValue((grainId, grainType), out var record);
        grainState.State = record?.Bytes is { } bytes ? _serializer.Deserialize<T>(bytes) : _activators.GetActivator<T>().Create();
        grainState.RecordExists = record?.Bytes is not null;
        grainState.ETag = EtagOf(record);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public virtual Task WriteStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState) => Write(grainType, grainId, grainState, fence: null);

    /// <inheritdoc/>
    public virtual Task ClearStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState) => Clear(grainType, grainId, grainState, fence: null);

    Task IFencedGrainStorage.ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, Fence fence, CancellationToken cancellationToken)
    {
        Raise((grainId, stateName), fence);
        return ReadStateAsync(stateName, grainId, grainState);
    }

    Task IFencedGrainStorage.WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, Fence fence, CancellationToken cancellationToken) =>
        IsExtended ? WriteStateAsync(stateName, grainId, grainState) : Write(stateName, grainId, grainState, fence);

    Task IFencedGrainStorage.ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, Fence fence, CancellationToken cancellationToken) =>
        IsExtended ? ClearStateAsync(stateName, grainId, grainState) : Clear(stateName, grainId, grainState, fence);

    /// <summary>Lets go of what is stored. The last silo of a cluster that does takes it along.</summary>
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        if (_isDisposed) return;
        _isDisposed = true;
        _store.Close();
    }

    // A derived class has its own way to write.
    private bool IsExtended => GetType() != typeof(MemoryGrainStorage);

    private Task Write<T>(string stateName, GrainId grainId, IGrainState<T> grainState, Fence? fence)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        grainState.ETag = Replace(stateName, grainId, grainState.ETag, _serializer.Serialize(grainState.State), fence);
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    private Task Clear<T>(string stateName, GrainId grainId, IGrainState<T> grainState, Fence? fence)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        grainState.ETag = Replace(stateName, grainId, grainState.ETag, bytes: null, fence);
        grainState.RecordExists = false;
        grainState.State = _activators.GetActivator<T>().Create();
        return Task.CompletedTask;
    }

    private void Raise((GrainId, string) key, Fence fence)
    {
        while (true)
        {
            _store.Records.TryGetValue(key, out var current);
            if (!StoredFence.IsRaisedBy(current?.Fence, fence)) return;
            var raised = StoredFence.Of(fence);
            if (current is null ? _store.Records.TryAdd(key, new(0, null, raised)) : _store.Records.TryUpdate(key, current with { Fence = raised }, current)) return;
        }
    }

    private string Replace(string stateName, GrainId grainId, string? expected, BinaryData? bytes, Fence? fence)
    {
        var key = (grainId, stateName);
        while (true)
        {
            _store.Records.TryGetValue(key, out var current);
            var stored = EtagOf(current);
            if (fence is { } mine && current?.Fence is { } there && !StoredFence.Admits(there, mine))
                throw new InconsistentStateException(there.Refusal($"The state \"{stateName}\" of {grainId} in memory storage \"{_name}\"", mine), stored, expected);

            if (stored != expected)
            {
                throw new InconsistentStateException(
                    $"The state \"{stateName}\" of {grainId} in memory storage \"{_name}\" was written by someone else since it was read.", stored, expected);
            }

            // Where somebody has raised the fence, or written, in between, the next round says which.
            var next = new MemoryRecord((current?.Version ?? 0) + 1, bytes, fence is { Number: > 0 } written ? StoredFence.Of(written) : current?.Fence);
            if (current is null ? _store.Records.TryAdd(key, next) : _store.Records.TryUpdate(key, next, current)) return EtagOf(next)!;
        }
    }

    private static string? EtagOf(MemoryRecord? record) => record is null or { Version: 0 } ? null : record.Version.ToString(CultureInfo.InvariantCulture);

    private static MemoryStore StoreOf(IGrainFactory grainFactory, string name)
    {
        if (grainFactory is not IClusterClient client) return MemoryStore.OfNobody();
        var cluster = client.ServiceProvider.GetRequiredService<IOptions<ClusterOptions>>().Value;
        return MemoryStore.Open(cluster.ServiceId, cluster.ClusterId, name);
    }
}
