using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;
using OrleansShop.Engine.EventSourcing;

namespace Orleans.EventSourcing;

/// <summary>A grain whose state is the view of a log. Grain classes derive from <see cref="JournaledGrain{TGrainState, TEventBase}"/>.</summary>
/// <typeparam name="TView">The view: the state of the grain.</typeparam>
public abstract class LogConsistentGrain<TView> : Grain, ILifecycleParticipant<IGrainLifecycle>
{
    // The log is read after the states that are injected, and before the grain's own OnActivateAsync.
    private const int ReadStage = GrainLifecycleStage.Activate - 1;

    private ILogLifetime? _lifetime;

    /// <summary>Creates the grain of the activation that is being created on this thread.</summary>
    protected LogConsistentGrain()
    {
    }

    /// <summary>The provider if the class names none and the silo has no default one; null if there has to be one.</summary>
    protected abstract ILogViewAdaptorFactory? DefaultAdaptorFactory { get; }

    private ILogProviders Providers => Runtime.ServiceProvider.GetRequiredService<ILogProviders>();

    /// <summary>Takes part in the stages of the activation: installs the adaptor, reads the log, and writes what is not confirmed at the end.</summary>
    public virtual void Participate(IGrainLifecycle lifecycle)
    {
        ArgumentNullException.ThrowIfNull(lifecycle);
        lifecycle.Subscribe<LogConsistentGrain<TView>>(GrainLifecycleStage.SetupState, Install);
        if (this is not ILogConsistencyProtocolParticipant participant) return;
        lifecycle.Subscribe<LogConsistentGrain<TView>>(
            ReadStage,
            token => Within(participant.PreActivateProtocolParticipant, token),
            token => Within(participant.DeactivateProtocolParticipant, token));
        lifecycle.Subscribe<LogConsistentGrain<TView>>(GrainLifecycleStage.Activate + 1, _ => participant.PostActivateProtocolParticipant());
    }

    /// <summary>Creates and keeps the adaptor.</summary>
    /// <param name="factory">The provider.</param>
    /// <param name="state">The view of an empty log.</param>
    /// <param name="grainTypeName">The name of the grain's class.</param>
    /// <param name="grainStorage">The storage provider; null if the provider needs none.</param>
    /// <param name="services">What the adaptor asks of the engine.</param>
    protected abstract void InstallAdaptor(ILogViewAdaptorFactory factory, object state, string grainTypeName, IGrainStorage? grainStorage, ILogConsistencyProtocolServices services);

    private Task Install(CancellationToken cancellationToken)
    {
        var providers = Providers;
        var factory = providers.FactoryOf(GetType(), DefaultAdaptorFactory);
        var storage = factory.UsesStorageProvider ? providers.StorageOf(GetType()) : null;

        // ToString and not FullName: for a generic class that one has the versions of assemblies in it.
        var services = providers.ServicesOf(GrainContext);
        _lifetime = services as ILogLifetime;
        InstallAdaptor(factory, Activator.CreateInstance<TView>()!, GetType().ToString(), storage, services);
        return Task.CompletedTask;
    }

    // The steps take no token and storage is tried again for ever: when the time of the activation or deactivation is over, so is the work on the log.
    private async Task Within(Func<Task> step, CancellationToken cancellationToken)
    {
        using var ending = cancellationToken.UnsafeRegister(static lifetime => ((ILogLifetime?)lifetime)?.End(), _lifetime);
        await step();
    }
}
