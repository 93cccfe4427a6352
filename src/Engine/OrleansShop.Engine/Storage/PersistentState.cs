using System.Reflection;
using System.Runtime.CompilerServices;
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
        var state = new PersistentState<TState>(activation, configuration.StateName, Provider(activation, configuration.StorageName));
        activation.ObservableLifecycle.Subscribe(configuration.StateName, GrainLifecycleStage.SetupState, state);
        return state;
    }

    /// <summary>The state of a <see cref="Grain{TGrainState}"/>, which loads it itself.</summary>
    public static IStorage<TState> OfGrain<TState>(Activation activation) =>
        new PersistentState<TState>(activation, NameOfGrainState, Provider(activation, activation.Class.Type!.GetCustomAttribute<StorageProviderAttribute>()?.ProviderName));

    private static IGrainStorage Provider(Activation activation, string? name)
    {
        var key = string.IsNullOrEmpty(name) ? ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME : name;
        return activation.Class.Host.Services.GetKeyedService<IGrainStorage>(key) ?? throw new BadProviderConfigException(
            $"{activation.Class.Type} stores its state with the provider \"{key}\", and none is registered under that name. Add one to the silo, for instance AddMemoryGrainStorage(\"{key}\").");
    }
}

/// <summary>One stored state of one activation: in memory, and the way to storage.</summary>
internal sealed class PersistentState<TState>(Activation activation, string name, IGrainStorage storage) : IPersistentState<TState>, ILifecycleObserver
{
    private readonly GrainState<TState> _record = new(Empty());

    public TState State
    {
        get => _record.State!;
        set => _record.State = value;
    }

    public string? Etag => _record.ETag;

    public bool RecordExists => _record.RecordExists;

    private StorageMetrics Metrics => activation.Class.Host.Metrics.Storage;

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public async Task ReadStateAsync(CancellationToken cancellationToken)
    {
        using var reading = Metrics.Read(storage.GetType(), name, typeof(TState));
        await storage.ReadStateAsync(name, activation.GrainId, _record, cancellationToken);
        reading.Succeeded();
        _record.State ??= Empty();
    }

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public async Task WriteStateAsync(CancellationToken cancellationToken)
    {
        using var writing = Metrics.Write(storage.GetType(), name, typeof(TState));
        await storage.WriteStateAsync(name, activation.GrainId, _record, cancellationToken);
        writing.Succeeded();
    }

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public async Task ClearStateAsync(CancellationToken cancellationToken)
    {
        using var clearing = Metrics.Clear(storage.GetType(), name, typeof(TState));
        await storage.ClearStateAsync(name, activation.GrainId, _record, cancellationToken);
        clearing.Succeeded();
        _record.State = Empty();
    }

    public Task OnStart(CancellationToken cancellationToken = default) => ReadStateAsync(cancellationToken);

    public Task OnStop(CancellationToken cancellationToken = default) => Task.CompletedTask;

    // What a grain sees before anything was stored. A type without a parameterless constructor starts with its members at their defaults.
    private static TState? Empty()
    {
        var type = typeof(TState);
        if (type.IsValueType) return default;
        if (type.IsAbstract || type.IsArray || type == typeof(string)) return default;
        return type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, []) is not null
            ? (TState)Activator.CreateInstance(type, nonPublic: true)!
            : (TState)RuntimeHelpers.GetUninitializedObject(type);
    }
}
