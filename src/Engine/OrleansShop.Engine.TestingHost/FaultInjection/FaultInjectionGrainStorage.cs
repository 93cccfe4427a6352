using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.TestingHost;

#pragma warning disable CA1725 // The official API names the parameter so here, and otherwise in the interface.

/// <summary>A storage provider around another one that takes its time, and fails when an <see cref="IStorageFaultGrain"/> says so.</summary>
public partial class FaultInjectionGrainStorage : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    private readonly IGrainStorage _real;
    private readonly string _name;
    private readonly IGrainFactory _grains;
    private readonly FaultInjectionGrainStorageOptions _options;
    private readonly ILogger _logger;

    /// <summary>Creates the provider.</summary>
    /// <param name="realStorageProvider">The provider that stores.</param>
    /// <param name="name">The provider's name, which is the key of its <see cref="IStorageFaultGrain"/>.</param>
    /// <param name="loggerFactory">Logs the faults.</param>
    /// <param name="grainFactory">Finds the grain that has the faults.</param>
    /// <param name="faultInjectionOptions">How slow it is.</param>
    public FaultInjectionGrainStorage(
        IGrainStorage realStorageProvider, string name, ILoggerFactory loggerFactory, IGrainFactory grainFactory, FaultInjectionGrainStorageOptions faultInjectionOptions)
    {
        _real = realStorageProvider;
        _name = name;
        _grains = grainFactory;
        _options = faultInjectionOptions;
        _logger = loggerFactory.CreateLogger<FaultInjectionGrainStorage>();
    }

    private IStorageFaultGrain Faults => _grains.GetGrain<IStorageFaultGrain>(_name);

    /// <inheritdoc/>
    public async Task ReadStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState)
    {
        await Before(Faults.OnRead(grainId), grainId);
        await _real.ReadStateAsync(grainType, grainId, grainState);
    }

    /// <inheritdoc/>
    public async Task WriteStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState)
    {
        await Before(Faults.OnWrite(grainId), grainId);
        await _real.WriteStateAsync(grainType, grainId, grainState);
    }

    /// <inheritdoc/>
    public async Task ClearStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState)
    {
        await Before(Faults.OnClear(grainId), grainId);
        await _real.ClearStateAsync(grainType, grainId, grainState);
    }

    /// <summary>Has the real provider take part in the silo's life, if it wants to.</summary>
    public void Participate(ISiloLifecycle lifecycle) => (_real as ILifecycleParticipant<ISiloLifecycle>)?.Participate(lifecycle);

    private async Task Before(Task fault, GrainId grain)
    {
        if (_options.Latency > TimeSpan.Zero)
            await Task.Delay(_options.Latency, TimeProvider.System);
        try
        {
            await fault;
        }
        catch (Exception injected)
        {
            // On the silo of the grain that has the faults, the exception is the one that it threw.
            (injected as InconsistentStateException)?.ReleaseDeactivation();
            LogFault(_name, grain, injected);
            throw;
        }
    }
}
