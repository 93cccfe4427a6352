using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Migration;
using OrleansShop.Engine.Placement;
using OrleansShop.Engine.Storage;

namespace OrleansShop.Engine.Activations;

/// <summary>What only some activations need: made when one of it is first used.</summary>
internal sealed class ActivationExtras(ActivationId id)
{
    private AsyncServiceScope? _scope;
    private TaskCompletionSource? _deactivated;

    public ActivationId Id => id;

    public GrainReference? Reference;

    public ActivationLifecycle? Lifecycle;

    /// <summary>The span of its activation, while that runs and somebody listens.</summary>
    public System.Diagnostics.Activity? Span;

    public Dictionary<Type, object>? Components;

    /// <summary>The sequences that callers read.</summary>
    public SequenceTable? Sequences;

    public ITimer? SequenceSweep;

    /// <summary>The timers that are not disposed.</summary>
    public List<GrainTimer>? Timers;

    /// <summary>What its writes are told from those of others by; null until it is first needed.</summary>
    public Fence? Fence;

    /// <summary>How many sections each call chain has open here.</summary>
    public Dictionary<Guid, int>? OpenChains;

    /// <summary>The chain that each running request belongs to is in its request context; this counts the running ones that let others in.</summary>
    public DeactivationReason DeactivationReason;

    public bool IsDeactivationAsked;

    /// <summary>Where it was placed from; null if it lives with its owner. Written by the step that enters a view, read anywhere.</summary>
    public volatile Redirection? Redirection;

    /// <summary>What the activation before it, on another silo, has handed over; null if there was none, or after it was taken over.</summary>
    public byte[]? Dehydrated;

    /// <summary>Where it goes when the running calls have ended; null if it does not move.</summary>
    public SiloAddress? MoveTarget;

    /// <summary>Where it goes, and what it takes along.</summary>
    public Departure? Departure;

    /// <summary>Not collected before this, by the host's clock.</summary>
    public long KeepUntilMs;

    /// <summary>When it has left, by the host's clock.</summary>
    public long EndedMs;

    /// <summary>When work that it still does is logged next.</summary>
    public long NextAfterEndMs;

    public AsyncServiceScope? Scope => _scope;

    public TaskCompletionSource Deactivated => LazyInitializer.EnsureInitialized(ref _deactivated, static () => new(TaskCreationOptions.RunContinuationsAsynchronously));

    public bool IsDeactivationWatched => Volatile.Read(ref _deactivated) is not null;

    /// <summary>Forgets what a grain object has put here that is not used any more.</summary>
    public void StartOver()
    {
        lock (this) _scope = null;
        Lifecycle = null;
        Components = null;
        Timers = null;
    }

    public IServiceProvider ScopedServices(IServiceProvider services)
    {
        lock (this) return (_scope ??= services.CreateAsyncScope()).ServiceProvider;
    }
}
