using Orleans.Core.Internal;
using Orleans.Runtime;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Context;
using OrleansShop.Engine.Placement;
using OrleansShop.Engine.Storage;

namespace OrleansShop.Engine.Activations;

/// <summary>
/// One life of one grain in memory: its inbox, its turns, its grain object. It is the task scheduler of those turns itself, so
/// that <see cref="TaskScheduler.Current"/> in a turn, continuations after <c>await</c> and <c>Task.Factory.StartNew</c> stay inside.
/// </summary>
/// <remarks>
/// What happens to a call is spread over the parts of this class in this order: <c>Inbox</c> (any thread) → <c>Turns</c> (one thread
/// at a time) → <c>Admission</c> → <c>Requests</c>; <c>Lifetime</c> has the beginning and the end. All fields but those of the inbox are touched in turns only.
/// There may be millions of these, idle: what an idle activation does not need is in <see cref="ActivationExtras"/>, made on demand.
/// Budget: 200 bytes with the dictionary entry, without the grain object. Benchmark: bytes per idle activation.
/// </remarks>
internal sealed partial class Activation : TaskScheduler, IGrainContext, ICallRunner, ICallChainReentrantGrainContext, IGrainExtensionBinder, IHasGrainRuntime, IThreadPoolWorkItem, IWorkItemScheduler, ICallQueue, IResumesCalls, IFencedContext
{
    private readonly IdSpan _key;
    private object? _instance;
    private ActivationExtras? _extras;
    private volatile ActivationState _state;

    public Activation(GrainClass grainClass, IdSpan key)
    {
        Class = grainClass;
        _key = key;
        LastUsedMs = grainClass.Host.Clock.NowMs;
    }

    /// <summary>Makes the place where an observer object, or a part of a silo itself, takes its calls. It is held weakly: its owner keeps it.</summary>
    public Activation(GrainClass observers, IdSpan key, IAddressable target)
        : this(observers, key)
    {
        _instance = new WeakReference(target);
        _state = ActivationState.Active;
    }

    /// <summary>What all activations of the class share.</summary>
    public GrainClass Class { get; }

    public ActivationState State => _state;

    public GrainId GrainId => new(Class.GrainType, _key);

    /// <summary>When a call last kept it from being idle, by the host's clock. Written in turns, read by the collector at any time.</summary>
    public long LastUsedMs { get; private set; }

    private ActivationHost Host => Class.Host;

    private ActivationExtras Extras => _extras ?? CreateExtras();

    public object? GrainInstance => _instance is WeakReference weak ? weak.Target : _instance;

    public ActivationId ActivationId => Extras.Id;

    public GrainAddress Address => new() { GrainId = GrainId, ActivationId = ActivationId, SiloAddress = Host.SiloAddress };

    public GrainReference GrainReference => Extras.Reference ??= Host.References.CreateUntyped(Class.GrainType, _key);

    public IServiceProvider ActivationServices => Extras.ScopedServices(Host.Services);

    /// <summary>The services that its constructor needs: of a scope of its own only if one of them is not a singleton.</summary>
    public IServiceProvider ConstructionServices => Class.NeedsScope ? ActivationServices : Host.Services;

    IGrainRuntime IHasGrainRuntime.Runtime => Host.Runtime.Value;

    public IGrainLifecycle ObservableLifecycle => Extras.Lifecycle ??= new ActivationLifecycle();

    public IWorkItemScheduler Scheduler => this;

    /// <summary>Fixed when it is first asked for: a number of later could be that of a view in which the grain lives elsewhere.</summary>
    public Fence Fence => Extras.Fence ??= Host.NewFence();

    /// <summary>Where it was placed from; null if it lives with its owner.</summary>
    public Redirection? Redirection => _extras?.Redirection;

    public Task Deactivated => Extras.Deactivated.Task;

    public SequenceTable Sequences => Extras.Sequences ??= NewSequences();

    public object? GetTarget() => GrainInstance;

    public object? GetComponent(Type componentType)
    {
        if (_extras?.Components is { } components && components.TryGetValue(componentType, out var component)) return component;
        if (GrainInstance is { } instance && componentType.IsInstanceOfType(instance)) return instance;
        return componentType.IsInstanceOfType(this) ? this : null;
    }

    public void SetComponent<TComponent>(TComponent? value)
        where TComponent : class
    {
        if (typeof(TComponent).IsInstanceOfType(GrainInstance) || typeof(TComponent).IsInstanceOfType(this))
            throw new ArgumentException($"{GrainId} is a {typeof(TComponent)} itself; that cannot be replaced.");
        var components = Extras.Components ??= [];
        if (value is null) components.Remove(typeof(TComponent));
        else components[typeof(TComponent)] = value;
    }

    public void ReceiveMessage(object message)
    {
        if (message is not GrainCall call) throw new ArgumentException($"An activation takes calls, not {message.GetType()}.", nameof(message));
        Host.Catalog.Deliver(call);
    }

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override string ToString() => $"{GrainId} ({_state})";

    // Only in a turn. The sweep for cursors that nobody reads any more is a turn too.
    private SequenceTable NewSequences()
    {
        var sequences = new SequenceTable(Host.Clock.Time, Host.NextSequenceId, Host.ResponseTimeout);
        Extras.SequenceSweep = Host.Clock.Time.CreateTimer(
            static activation => ((Activation)activation!).QueueAction(static state => _ = ((Activation)state).Sequences.CloseIdleAsync(), activation), this, Host.ResponseTimeout, Host.ResponseTimeout);
        return sequences;
    }

    private ActivationExtras CreateExtras()
    {
        // Extras are asked for from outside of turns too (Deactivated, ActivationServices): the first one made is the one.
        var created = new ActivationExtras(Host.NextActivationId());
        return Interlocked.CompareExchange(ref _extras, created, null) ?? created;
    }
}
