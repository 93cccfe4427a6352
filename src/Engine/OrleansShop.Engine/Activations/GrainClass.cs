using System.Reflection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Configuration;
using Orleans.Runtime;
using OrleansShop.Engine.Placement;

namespace OrleansShop.Engine.Activations;

/// <summary>What all activations of one grain class on one silo share.</summary>
internal sealed class GrainClass
{
    /// <summary>Never collected as idle.</summary>
    public const long KeptForGood = long.MaxValue;

    private const int QueueLogPeriodMs = 10_000;

    private readonly InstanceFactory? _factory;
    private long _queueLoggedMs = -QueueLogPeriodMs;

    private GrainClass(GrainType grainType, ActivationHost host, InstanceFactory? factory)
    {
        GrainType = grainType;
        Host = host;
        _factory = factory;
    }

    public GrainType GrainType { get; }

    public ActivationHost Host { get; }

    /// <summary>The class; null for observer objects, whose classes are their owners' business.</summary>
    public Type? Type { get; private init; }

    public bool IsReentrant { get; private init; }

    /// <summary>Whether this is not a grain class but an object that an application made into an observer.</summary>
    public bool IsObserver { get; private init; }

    public InterleavePredicate? MayInterleave { get; private init; }

    /// <summary>How many activations of one id the silo may have; 0 if it is not a stateless worker.</summary>
    public int MaxLocalWorkers { get; private init; }

    /// <summary>How the silo of a new activation is chosen; null if its owner runs it.</summary>
    public PlacementStrategy? Placement { get; private init; }

    /// <summary>How long an activation stays when idle.</summary>
    public long IdleAgeMs { get; private init; } = KeptForGood;

    /// <summary>When idle activations of a stateless worker go before the usual age; null if they do not.</summary>
    public long? IdleWorkerMs { get; private init; }

    /// <summary>How many calls may wait for one activation before it is logged; 0 for any number.</summary>
    public int WarnedWaiting { get; private init; }

    /// <summary>How many calls may wait for one activation; 0 for any number.</summary>
    public int MaxWaiting { get; private init; }

    /// <summary>Whether the grain object is a filter of its own calls.</summary>
    public bool FiltersItself { get; private init; }

    /// <summary>Whether the grain object takes part in the stages of its activation.</summary>
    public bool Participates { get; private init; }

    /// <summary>Whether <c>OnActivateAsync</c> is the class's own, so that it may take long and needs a timeout.</summary>
    public bool OverridesActivation { get; private init; }

    /// <summary>What prepares an activation before its grain object is made; null if nothing does.</summary>
    public IConfigureGrainContext[]? Configurators { get; private init; }

    /// <summary>Whether the constructor takes services that live as long as the activation.</summary>
    public bool NeedsScope => _factory?.NeedsScope ?? false;

    /// <summary>Logs that many calls wait for one activation: for a class at most once in ten seconds, however many of its activations are overloaded.</summary>
    public void NoteLongQueue(Activation activation)
    {
        var nowMs = Host.Clock.NowMs;
        var lastMs = Volatile.Read(ref _queueLoggedMs);
        if (nowMs - lastMs < QueueLogPeriodMs || Interlocked.CompareExchange(ref _queueLoggedMs, nowMs, lastMs) != lastMs) return;
        Host.LogLongQueue(activation.GrainId, activation.WaitingCount, WarnedWaiting, activation.DescribeRunning());
    }

    public object CreateInstance(Activation activation) => Configurators is null ? _factory!.Create(activation) : CreateConfigured(activation, Configurators);

    public static GrainClass Of(GrainType grainType, Type type, ActivationHost host, ServiceLifetimes lifetimes, GrainCollectionOptions collection, SiloMessagingOptions messaging, StatelessWorkerOptions workers,
        IReadOnlyCollection<IConfigureGrainContextProvider> configuratorProviders)
    {
        var worker = type.GetCustomAttribute<StatelessWorkerAttribute>();
        var maxWorkers = worker?.PlacementStrategy is StatelessWorkerPlacement placement ? placement.MaxLocal : 0;
        return new GrainClass(grainType, host, new InstanceFactory(type, lifetimes))
        {
            Type = type,
            IsReentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true),
            MayInterleave = InterleavePredicate.Of(type),
            MaxLocalWorkers = maxWorkers,
            Placement = maxWorkers != 0 ? null : PlacementRules.Of(type, host.Services),
            IdleAgeMs = IdleAge(type, collection),
            IdleWorkerMs = workers.RemoveIdleWorkers && worker?.PlacementStrategy is StatelessWorkerPlacement { RemoveIdleWorkers: true }
                ? (long)workers.IdleWorkersInspectionPeriod.TotalMilliseconds * Math.Max(1, workers.MinIdleCyclesBeforeRemoval)
                : null,
            WarnedWaiting = maxWorkers != 0 ? messaging.MaxEnqueuedRequestsSoftLimit_StatelessWorker : messaging.MaxEnqueuedRequestsSoftLimit,
            MaxWaiting = maxWorkers != 0 ? messaging.MaxEnqueuedRequestsHardLimit_StatelessWorker : messaging.MaxEnqueuedRequestsHardLimit,
            FiltersItself = typeof(IIncomingGrainCallFilter).IsAssignableFrom(type),
            Participates = typeof(ILifecycleParticipant<IGrainLifecycle>).IsAssignableFrom(type),
            OverridesActivation = HasOwnActivation(type),
            Configurators = ContextConfigurators.Of(grainType, type, host.Services, configuratorProviders),
        };
    }

    public static GrainClass OfObservers(GrainType grainType, ActivationHost host) => new(grainType, host, factory: null) { IsObserver = true };

    /// <summary>The class of the parts of a silo that others call. Their calls interleave: one that waits for another silo keeps nobody waiting.</summary>
    public static GrainClass OfSystemTargets(GrainType grainType, ActivationHost host) => new(grainType, host, factory: null) { IsReentrant = true };

    /// <summary>The class of a grain service, whose attributes say which calls interleave.</summary>
    public static GrainClass OfService(GrainType grainType, Type type, ActivationHost host) => new(grainType, host, factory: null)
    {
        Type = type,
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true),
        MayInterleave = InterleavePredicate.Of(type),
    };

    private static long IdleAge(Type type, GrainCollectionOptions collection)
    {
        if (type.IsDefined(typeof(KeepAliveAttribute), inherit: true)) return KeptForGood;
        var age = type.GetCustomAttribute<CollectionAgeLimitAttribute>()?.AgeLimit
            ?? (collection.ClassSpecificCollectionAge.TryGetValue(type.FullName ?? type.Name, out var specific) ? specific : collection.CollectionAge);
        return age == Timeout.InfiniteTimeSpan || age == TimeSpan.MaxValue ? KeptForGood : (long)age.TotalMilliseconds;
    }

    private object CreateConfigured(Activation activation, IConfigureGrainContext[] configurators)
    {
        foreach (var configurator in configurators) configurator.Configure(activation);
        if (activation.GetComponent(typeof(IGrainActivator)) is not IGrainActivator activator) return _factory!.Create(activation);
        var made = activator.CreateInstance(activation);
        return Type!.IsInstanceOfType(made) ? made : throw new InvalidOperationException(
            $"{activator.GetType()} made {made?.GetType().ToString() ?? "nothing"} for {activation.GrainId}; an {nameof(IGrainActivator)} returns a {Type}, or an object of a class derived from it.");
    }

    // Grain's own does nothing. For a class that implements IGrainBase alone, the map says which method the interface calls.
    private static bool HasOwnActivation(Type type)
    {
        if (!typeof(IGrainBase).IsAssignableFrom(type)) return false;
        var map = type.GetInterfaceMap(typeof(IGrainBase));
        var target = map.TargetMethods[Array.FindIndex(map.InterfaceMethods, static method => method.Name == nameof(IGrainBase.OnActivateAsync))];
        return target.DeclaringType != typeof(Grain) && target.DeclaringType != typeof(IGrainBase);
    }
}
