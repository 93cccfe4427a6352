using Orleans.Core;
using Orleans.Runtime;

namespace Orleans;

/// <summary>A grain with one state, stored under the name "state" by the provider that <see cref="Providers.StorageProviderAttribute"/> names, or the default one.</summary>
/// <remarks>The state is there from <see cref="Grain.OnActivateAsync"/> on. It is stored only when <see cref="WriteStateAsync"/> is called.</remarks>
/// <typeparam name="TGrainState">The state.</typeparam>
public class Grain<TGrainState> : Grain
{
    private IStorage<TGrainState>? _storage;

    /// <summary>Creates the grain of the activation that is being created on this thread.</summary>
    protected Grain()
    {
        if (GrainContext?.ObservableLifecycle is not { } lifecycle) return;
        lifecycle.Subscribe<Grain<TGrainState>>(GrainLifecycleStage.SetupState, LoadState);
        lifecycle.AddMigrationParticipant(new StateMigration(this));
    }

    /// <summary>Creates a grain over <paramref name="storage"/>, for tests that replace the engine.</summary>
    protected Grain(IStorage<TGrainState> storage) => _storage = storage;

    /// <summary>The state in memory.</summary>
    protected TGrainState State
    {
        get => Storage.State;
        set => Storage.State = value;
    }

    private IStorage<TGrainState> Storage => _storage ?? throw new InvalidOperationException(
        $"The state of {GetType().Name} is not loaded. It is there from OnActivateAsync on, not in the constructor.");

    /// <summary>Reads the stored state, dropping what is in memory.</summary>
    protected virtual Task ReadStateAsync() => Storage.ReadStateAsync();

    /// <summary>Stores the state. Throws if the stored state is not the one that was read.</summary>
    protected virtual Task WriteStateAsync() => Storage.WriteStateAsync();

    /// <summary>Removes the stored state and resets the one in memory.</summary>
    protected virtual Task ClearStateAsync() => Storage.ClearStateAsync();

    // A storage that knows whether its state came along with the activation decides itself whether to read.
    private Task LoadState(CancellationToken cancellationToken)
    {
        _storage ??= Runtime.GetStorage<TGrainState>(GrainContext);
        return _storage is ILifecycleObserver loader ? loader.OnStart(cancellationToken) : _storage.ReadStateAsync(cancellationToken);
    }

    /// <summary>Hands the state over when the activation moves. Apart from the grain, whose class may be a participant itself.</summary>
    private sealed class StateMigration(Grain<TGrainState> grain) : IGrainMigrationParticipant
    {
        public void OnDehydrate(IDehydrationContext dehydrationContext) => (grain._storage as IGrainMigrationParticipant)?.OnDehydrate(dehydrationContext);

        public void OnRehydrate(IRehydrationContext rehydrationContext)
        {
            grain._storage ??= grain.Runtime.GetStorage<TGrainState>(grain.GrainContext);
            (grain._storage as IGrainMigrationParticipant)?.OnRehydrate(rehydrationContext);
        }
    }
}
