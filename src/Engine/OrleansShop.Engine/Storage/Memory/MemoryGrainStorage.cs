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
public class MemoryGrainStorage : IGrainStorage, IDisposable
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
        grainState.ETag = record is null ? null : EtagOf(record);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public virtual Task WriteStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        grainState.ETag = Replace(grainType, grainId, grainState.ETag, _serializer.Serialize(grainState.State));
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public virtual Task ClearStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        grainState.ETag = Replace(grainType, grainId, grainState.ETag, bytes: null);
        grainState.RecordExists = false;
        grainState.State = _activators.GetActivator<T>().Create();
        return Task.CompletedTask;
    }

    /// <summary>Lets go of what is stored. The last silo of a cluster that does takes it along.</summary>
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        if (_isDisposed) return;
        _isDisposed = true;
        _store.Close();
    }

    private string Replace(string stateName, GrainId grainId, string? expected, BinaryData? bytes)
    {
        var key = (grainId, stateName);
        _store.Records.TryGetValue(key, out var current);
        var stored = current is null ? null : EtagOf(current);
        var next = new MemoryRecord((current?.Version ?? 0) + 1, bytes);
        var replaced = stored == expected && (current is null ? _store.Records.TryAdd(key, next) : _store.Records.TryUpdate(key, next, current));
        return replaced ? EtagOf(next) : throw new InconsistentStateException(
            $"The state \"{stateName}\" of {grainId} in memory storage \"{_name}\" was written by someone else since it was read.", stored, expected);
    }

    private static string EtagOf(MemoryRecord record) => record.Version.ToString(CultureInfo.InvariantCulture);

    private static MemoryStore StoreOf(IGrainFactory grainFactory, string name)
    {
        if (grainFactory is not IClusterClient client) return MemoryStore.OfNobody();
        var cluster = client.ServiceProvider.GetRequiredService<IOptions<ClusterOptions>>().Value;
        return MemoryStore.Open(cluster.ServiceId, cluster.ClusterId, name);
    }
}
