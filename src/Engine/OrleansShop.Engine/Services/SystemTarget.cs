using Microsoft.Extensions.DependencyInjection;
using Orleans.Timers;
using OrleansShop.Engine.Activations;

namespace Orleans.Runtime;

/// <summary>The part of a <see cref="GrainService"/> that makes it addressable: it has turns, timers and extensions as a grain has.</summary>
public abstract class SystemTarget : ISystemTarget, IGrainContext, IGrainExtensionBinder
{
    private readonly GrainId _id;
    private Activation? _context;

    private protected SystemTarget(GrainId grainId, Silo silo)
    {
        ArgumentNullException.ThrowIfNull(silo);
        _id = grainId;
        Silo = silo.SiloAddress;
    }

    /// <summary>The id under which this silo's instance is called.</summary>
    public GrainId GrainId => _id;

    /// <summary>The silo that it runs on.</summary>
    public SiloAddress Silo { get; }

    /// <summary>A reference to this silo's instance.</summary>
    public GrainReference GrainReference => Context.GrainReference;

    /// <summary>Its services: those of the silo.</summary>
    public IServiceProvider ActivationServices => Context.ActivationServices;

    /// <summary>Runs work as its turns.</summary>
    public IWorkItemScheduler Scheduler => Context.Scheduler;

    /// <summary>Never completes: it lives as long as its silo.</summary>
    public Task Deactivated => Context.Deactivated;

    object? IGrainContext.GrainInstance => this;

    ActivationId IGrainContext.ActivationId => Context.ActivationId;

    GrainAddress IGrainContext.Address => Context.Address;

    IGrainLifecycle IGrainContext.ObservableLifecycle => Context.ObservableLifecycle;

    /// <summary>Where its turns run. Not before its constructor has returned.</summary>
    internal Activation Context
    {
        get => _context ?? throw new InvalidOperationException($"{GetType()} is not in its place yet: it has turns, timers and a reference from {nameof(GrainService.Init)} on, not in its constructor.");
        set => _context = value;
    }

    /// <summary>Registers a timer whose callback runs in a turn of its own; it ends with the silo.</summary>
    /// <param name="callback">What to run; its token is cancelled when the timer is disposed.</param>
    /// <param name="dueTime">The time until the first tick; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    /// <param name="period">The time from the end of a tick to the next; <see cref="Timeout.InfiniteTimeSpan"/> for one tick only.</param>
    public IGrainTimer RegisterGrainTimer(Func<CancellationToken, Task> callback, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return RegisterGrainTimer(static (callback, cancellationToken) => callback(cancellationToken), callback, dueTime, period);
    }

    /// <inheritdoc cref="RegisterGrainTimer(Func{CancellationToken, Task}, TimeSpan, TimeSpan)"/>
    /// <param name="callback">What to run; its token is cancelled when the timer is disposed.</param>
    /// <param name="state">The callback's argument.</param>
    /// <param name="dueTime">The time until the first tick; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    /// <param name="period">The time from the end of a tick to the next; <see cref="Timeout.InfiniteTimeSpan"/> for one tick only.</param>
    public IGrainTimer RegisterGrainTimer<TState>(Func<TState, CancellationToken, Task> callback, TState state, TimeSpan dueTime, TimeSpan period) =>
        Context.ActivationServices.GetRequiredService<ITimerRegistry>().RegisterGrainTimer(Context, callback, state, new() { DueTime = dueTime, Period = period });

    /// <inheritdoc/>
    public TExtensionInterface GetExtension<TExtensionInterface>()
        where TExtensionInterface : class, IGrainExtension => Context.GetExtension<TExtensionInterface>();

    /// <inheritdoc/>
    public (TExtension, TExtensionInterface) GetOrSetExtension<TExtension, TExtensionInterface>(Func<TExtension> newExtensionFunc)
        where TExtension : class, TExtensionInterface
        where TExtensionInterface : class, IGrainExtension => Context.GetOrSetExtension<TExtension, TExtensionInterface>(newExtensionFunc);

    object? Serialization.Invocation.ITargetHolder.GetTarget() => this;

    object? Serialization.Invocation.ITargetHolder.GetComponent(Type componentType) => Context.GetComponent(componentType);

    void IGrainContext.SetComponent<TComponent>(TComponent? value)
        where TComponent : class => Context.SetComponent(value);

    void IGrainContext.ReceiveMessage(object message) => Context.ReceiveMessage(message);

    void IGrainContext.Activate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken) => Context.Activate(requestContext, cancellationToken);

    void IGrainContext.Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken) => throw NotAGrain();

    void IGrainContext.Rehydrate(IRehydrationContext context) => throw NotAGrain();

    void IGrainContext.Migrate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken) => throw NotAGrain();

    bool IEquatable<IGrainContext>.Equals(IGrainContext? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public sealed override string ToString() => $"{GetType()} on {Silo}";

    private InvalidOperationException NotAGrain() => new($"{this} is a part of its silo: it neither leaves nor moves.");
}
