using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using OrleansShop.Engine.Calls;

namespace OrleansShop.Engine.Activations;

/// <summary>What only some activations need: made when one of it is first used.</summary>
internal sealed class ActivationExtras(ActivationId id)
{
    private AsyncServiceScope? _scope;
    private TaskCompletionSource? _deactivated;

    public ActivationId Id => id;

    public GrainReference? Reference;

    public ActivationLifecycle? Lifecycle;

    public Dictionary<Type, object>? Components;

    /// <summary>The sequences that callers read.</summary>
    public SequenceTable? Sequences;

    public ITimer? SequenceSweep;

    /// <summary>The timers that are not disposed.</summary>
    public List<GrainTimer>? Timers;

    /// <summary>How many sections each call chain has open here.</summary>
    public Dictionary<Guid, int>? OpenChains;

    /// <summary>The chain that each running request belongs to is in its request context; this counts the running ones that let others in.</summary>
    public DeactivationReason DeactivationReason;

    public bool IsDeactivationAsked;

    /// <summary>Not collected before this, by the host's clock.</summary>
    public long KeepUntilMs;

    public AsyncServiceScope? Scope => _scope;

    public TaskCompletionSource Deactivated => LazyInitializer.EnsureInitialized(ref _deactivated, static () => new(TaskCreationOptions.RunContinuationsAsynchronously));

    public bool IsDeactivationWatched => Volatile.Read(ref _deactivated) is not null;

    public IServiceProvider ScopedServices(IServiceProvider services)
    {
        lock (this) return (_scope ??= services.CreateAsyncScope()).ServiceProvider;
    }
}
