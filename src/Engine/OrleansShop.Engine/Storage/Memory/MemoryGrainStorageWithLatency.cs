using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Serialization.Serializers;

namespace Orleans.Storage;

#pragma warning disable CA1725 // The names of the parameters are part of the public programming model.
#pragma warning disable CA1001 // So is that it cannot be disposed of. What it stores stays until the process ends.

/// <summary>Grain storage in memory that answers as late as a real one would, for measurements.</summary>
public class MemoryGrainStorageWithLatency : IGrainStorage
{
    private readonly MemoryGrainStorage _storage;
    private readonly MemoryStorageWithLatencyOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Opens the storage of the cluster that <paramref name="grainFactory"/> belongs to; one of its own if it belongs to none.</summary>
    /// <param name="name">The provider's name.</param>
    /// <param name="options">How.</param>
    /// <param name="loggerFactory">Not used: memory has nothing to tell.</param>
    /// <param name="grainFactory">Belongs to the silo.</param>
    /// <param name="activatorProvider">Creates states that were never stored.</param>
    /// <param name="defaultGrainStorageSerializer">Turns states into bytes if the options name no serializer.</param>
    public MemoryGrainStorageWithLatency(
        string name, MemoryStorageWithLatencyOptions options, ILoggerFactory loggerFactory, IGrainFactory grainFactory, IActivatorProvider activatorProvider, IGrainStorageSerializer defaultGrainStorageSerializer)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Latency, TimeSpan.Zero);
        _options = options;
        _storage = new MemoryGrainStorage(name, options, loggerFactory.CreateLogger<MemoryGrainStorage>(), grainFactory, defaultGrainStorageSerializer, activatorProvider);
        _time = (grainFactory as IClusterClient)?.ServiceProvider.GetService<TimeProvider>() ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState) => After(() => _storage.ReadStateAsync(grainType, grainId, grainState));

    /// <inheritdoc/>
    public Task WriteStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState) => After(() => _storage.WriteStateAsync(grainType, grainId, grainState));

    /// <inheritdoc/>
    public Task ClearStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState) => After(() => _storage.ClearStateAsync(grainType, grainId, grainState));

    private async Task After(Func<Task> access)
    {
        await Task.Delay(_options.Latency, _time);
        if (!_options.MockCallsOnly) await access();
    }
}
