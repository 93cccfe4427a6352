using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Core;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Storage;
using OrleansShop.Engine.Activations;

namespace OrleansShop.Engine.Storage;

/// <summary>Makes the stored states of grains.</summary>
internal static class PersistentState
{
    private const string NameOfGrainState = "state";

    /// <summary>The state that <c>[PersistentState]</c> injects: loaded in the stage before <c>OnActivateAsync</c>.</summary>
    public static object OfParameter<TState>(Activation activation, IPersistentStateConfiguration configuration)
    {
        var state = new PersistentState<TState>(activation, configuration.StateName, Provider(activation, configuration.StateName, configuration.StorageName));
        activation.ObservableLifecycle.Subscribe(configuration.StateName, GrainLifecycleStage.SetupState, state);
        activation.ObservableLifecycle.AddMigrationParticipant(state);
        return state;
    }

    /// <summary>The state of a <see cref="Grain{TGrainState}"/>, which takes part in the stages and in migration itself.</summary>
    public static IStorage<TState> OfGrain<TState>(Activation activation) => new PersistentState<TState>(
        activation, NameOfGrainState, Provider(activation, NameOfGrainState, activation.Class.Type!.GetCustomAttribute<StorageProviderAttribute>()?.ProviderName));

    private static IGrainStorage Provider(Activation activation, string stateName, string? name)
    {
        var key = string.IsNullOrEmpty(name) ? ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME : name;
        var services = activation.Class.Host.Services;
        return services.GetKeyedService<IGrainStorage>(key) ?? throw new BadProviderConfigException(
            $"{activation.Class.Type} stores its state \"{stateName}\" with the provider \"{key}\", and none is registered under that name; {services.GetRequiredService<ProviderNames>().Registered<IGrainStorage>()}. Add one to the silo, for instance AddMemoryGrainStorage(\"{key}\").");
    }
}

/// <summary>One stored state of one activation: in memory, and the way to storage. Moves with the activation, so that the next one need not read it.</summary>
internal sealed class PersistentState<TState>(Activation activation, string name, IGrainStorage storage) : IPersistentState<TState>, ILifecycleObserver, IGrainMigrationParticipant
{
    // The activations of a stateless worker are many at a time, on many silos: none of them follows another. Nor does any where a silo is alone.
    private readonly IFencedGrainStorage? _fenced = activation.Class.MaxLocalWorkers == 0 && activation.Fence != default ? storage as IFencedGrainStorage : null;

    // Now, when the activation begins: see there.
    private readonly Fence _fence = activation.Fence;

    private GrainState<TState> _record = new(StateActivators.Create<TState>());
    private bool _wasCarried;

    public TState State
    {
        get => _record.State!;
        set => _record.State = value;
    }

    public string? Etag => _record.ETag;

    public bool RecordExists => _record.RecordExists;

    private StorageOperations Operations => activation.Class.Host.Metrics.Storage;

    private string MigrationKey => $"state.{name}";

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public Task ReadStateAsync(CancellationToken cancellationToken) => Observe(Operations.Read<TState>(storage, name, activation.GrainId), Read, cancellationToken);

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task WriteStateAsync(CancellationToken cancellationToken) => Observe(Operations.Write<TState>(storage, name, activation.GrainId), Write, cancellationToken);

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public Task ClearStateAsync(CancellationToken cancellationToken) => Observe(Operations.Clear<TState>(storage, name, activation.GrainId), Clear, cancellationToken);

    // What came along with the activation is what storage has, or newer: the ETag says so at the next write.
    public Task OnStart(CancellationToken cancellationToken = default) => _wasCarried ? Task.CompletedTask : ReadStateAsync(cancellationToken);

    public Task OnStop(CancellationToken cancellationToken = default) => Task.CompletedTask;

    // A state without a serializer does not travel: the next activation reads what is stored.
    public void OnDehydrate(IDehydrationContext dehydrationContext) => dehydrationContext.TryAddValue(MigrationKey, _record);

    public void OnRehydrate(IRehydrationContext rehydrationContext)
    {
        if (!rehydrationContext.TryGetValue<GrainState<TState>>(MigrationKey, out var carried) || carried is null) return;
        _record = carried;
        _record.State ??= StateActivators.Create<TState>();
        _wasCarried = true;
    }

    private static async Task Observe(StorageOperations.Operation operation, Func<CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        try
        {
            await run(cancellationToken);
            operation.Succeeded();
        }
        catch (Exception e)
        {
            operation.Failed(e);
            throw;
        }
        finally
        {
            operation.Dispose();
        }
    }

    private async Task Read(CancellationToken cancellationToken)
    {
        await (_fenced is null
            ? storage.ReadStateAsync(name, activation.GrainId, _record, cancellationToken)
            : _fenced.ReadStateAsync(name, activation.GrainId, _record, _fence, cancellationToken));
        _record.State ??= StateActivators.Create<TState>();
    }

    private Task Write(CancellationToken cancellationToken) => _fenced is null
        ? storage.WriteStateAsync(name, activation.GrainId, _record, cancellationToken)
        : _fenced.WriteStateAsync(name, activation.GrainId, _record, _fence, cancellationToken);

    private async Task Clear(CancellationToken cancellationToken)
    {
        await (_fenced is null
            ? storage.ClearStateAsync(name, activation.GrainId, _record, cancellationToken)
            : _fenced.ClearStateAsync(name, activation.GrainId, _record, _fence, cancellationToken));
        _record.State = StateActivators.Create<TState>();
    }
}
