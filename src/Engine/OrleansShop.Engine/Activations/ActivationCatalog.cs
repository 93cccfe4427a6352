using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Placement;
using OrleansShop.Engine.Placement.Protocol;

namespace OrleansShop.Engine.Activations;

/// <summary>The activations of a silo: finds or makes the one that a call is for.</summary>
internal sealed partial class ActivationCatalog : IActivationHome
{
    private readonly ConcurrentDictionary<GrainId, Activation> _activations = new();
    private readonly ConcurrentDictionary<GrainId, StatelessWorkers> _workers = new();
    private readonly GrainClasses _classes;
    private readonly ActivationHost _host;
    private readonly ILogger _logger;

    // Held from the look at who owns a grain until its activation is in the catalog. A drain takes it once before it looks: what
    // was being made is then there to be drained, and what is made later finds out that it is not owned.
    private readonly Lock _making = new();
    private volatile bool _isStopping;

    public ActivationCatalog(GrainClasses classes, ActivationHost host, ILogger<ActivationCatalog> logger)
    {
        _classes = classes;
        _host = host;
        _logger = logger;
        host.Catalog = this;
        host.Metrics.ObserveActivations(() => Count, CountByType);
    }

    /// <summary>How many activations there are.</summary>
    public int Count => _activations.Count + _workers.Values.Sum(static workers => workers.Count);

    /// <summary>The activations as they are now; some may have gone when they are looked at.</summary>
    public IEnumerable<Activation> All
    {
        get
        {
            foreach (var (_, activation) in _activations) yield return activation;
            foreach (var (_, workers) in _workers)
            {
                foreach (var activation in workers.All) yield return activation;
            }
        }
    }

    /// <summary>How many activations a grain has here; more than one only if it is a stateless worker.</summary>
    public int CountOf(GrainId grainId) => _activations.ContainsKey(grainId) ? 1 : _workers.TryGetValue(grainId, out var workers) ? workers.Count : 0;

    public Activation? Find(GrainId grainId) => _activations.GetValueOrDefault(grainId);

    /// <summary>Hands a call, whose arguments are the callee's own, to its activation, and makes that if it is not there.</summary>
    public void Deliver(GrainCall call)
    {
        var id = call.TargetId;

        // (5) An activation that refuses is gone, or about to take itself out: one more look finds another or none.
        while (!_activations.TryGetValue(id, out var activation) || !activation.TryEnqueue(call))
        {
            if (activation is not null) _activations.TryRemove(new(id, activation));
            else if (!TryMake(call, id)) return;
        }
    }

    /// <summary>Finds a place elsewhere for a call that the class here does not answer, and whose grain has no activation here.</summary>
    public void DeliverMisfit(GrainCall call)
    {
        // An activation that has come meanwhile has to go first.
        if (TryMake(call, call.TargetId)) _host.Router.Route(call);
    }

    /// <inheritdoc/>
    public void Remove(Activation activation)
    {
        if (activation.Class.MaxLocalWorkers == 0) _activations.TryRemove(new(activation.GrainId, activation));
        else if (_workers.TryGetValue(activation.GrainId, out var workers) && workers.Remove(activation)) _workers.TryRemove(new(activation.GrainId, workers));
    }

    // False if the call has been dealt with in another way.
    private bool TryMake(GrainCall call, GrainId id)
    {
        if (_classes.Find(id.Type) is not { } grainClass)
        {
            _host.Answers.Refuse(call, NotHosted(call, id));
            return false;
        }

        if (!_host.Router.IsMine(id))
        {
            _host.Router.Route(call);
            return false;
        }

        if (_isStopping)
        {
            _host.Answers.Refuse(call, new SiloUnavailableException($"{_host.SiloAddress} is stopping and activates no grains; {call} was not executed."));
            return false;
        }

        if (grainClass.MaxLocalWorkers != 0)
        {
            var workers = _workers.GetOrAdd(id, static (id, grainClass) => new StatelessWorkers(grainClass, id.Key), grainClass);
            if (workers.TryDeliver(call)) return false;

            // Its last activation has just gone; the next look makes another.
            _workers.TryRemove(new(id, workers));
            return true;
        }

        var decision = PlacementDecision.Here;
        lock (_making)
        {
            if (!_host.Router.IsMine(id) || _activations.ContainsKey(id)) return true;
            if (_host.Placement is { } placement) decision = placement.Decide(call, grainClass, id);
            if (decision.Kind == PlacementDecisionKind.Here)
            {
                var made = new Activation(grainClass, id.Key);
                if (_host.Placement?.TakeHandedOver(id) is { } handedOver) made.BeginDehydrated(handedOver);
                _activations[id] = made;
                _host.Metrics.Created();
                return true;
            }
        }

        _host.Placement!.Carry(decision, call, grainClass);
        return false;
    }

    /// <summary>Makes an activation that another silo places here, and starts it.</summary>
    /// <param name="id">The grain.</param>
    /// <param name="redirection">The placement.</param>
    /// <param name="dehydrated">What the activation before it has handed over; empty without one.</param>
    /// <param name="judge">Whether this silo takes it; asked while nothing else is made.</param>
    public PlacementAnswer TryHost(GrainId id, Redirection redirection, byte[] dehydrated, Func<PlacementAnswer> judge)
    {
        if (_classes.Find(id.Type) is not { MaxLocalWorkers: 0 } grainClass) return PlacementAnswer.Refused;
        Activation made;
        lock (_making)
        {
            var answer = _isStopping ? PlacementAnswer.Refused : judge();
            if (answer != PlacementAnswer.Taken) return answer;
            if (_activations.TryGetValue(id, out var present))
                return present.Redirection is { } known && known.Number == redirection.Number && known.Owner.Equals(redirection.Owner) ? PlacementAnswer.Taken : PlacementAnswer.Refused;
            made = new Activation(grainClass, id.Key);
            made.BeginAwayFromOwner(redirection);
            made.BeginDehydrated(dehydrated);
            _activations[id] = made;
            _host.Metrics.Created();
            _host.Placement!.NoteHosted();
        }

        made.Activate(requestContext: null);
        return PlacementAnswer.Taken;
    }

    /// <summary>Makes an activation of a grain that this silo owns, and starts it. False if the silo does not own it any more, or there is one.</summary>
    public bool TryMakeHere(GrainId id, byte[] dehydrated) => TryMakeHere(id, _ => dehydrated);

    /// <summary>The same with what is taken for it. False also if there is nothing to take.</summary>
    /// <param name="id">The grain.</param>
    /// <param name="takeState">Takes what the activation before it has handed over; null if that is gone. Asked while nothing else is made.</param>
    public bool TryMakeHere(GrainId id, Func<GrainId, byte[]?> takeState)
    {
        if (_classes.Find(id.Type) is not { MaxLocalWorkers: 0 } grainClass) return false;
        var made = new Activation(grainClass, id.Key);
        lock (_making)
        {
            if (_isStopping || !_host.Router.IsMine(id) || takeState(id) is not { } dehydrated) return false;
            made.BeginDehydrated(dehydrated);
            if (!_activations.TryAdd(id, made)) return false;
            _host.Metrics.Created();
        }

        made.Activate(requestContext: null);
        return true;
    }

    /// <summary>Runs a step while no activation is made. It may take one out and make one.</summary>
    public T WhileNothingIsMade<T>(Func<T> step)
    {
        lock (_making) return step();
    }

    /// <summary>Waits for whoever is between the look at the owner of a grain and the catalog.</summary>
    public void AwaitMaking()
    {
        lock (_making)
        {
            // Nothing to do but to wait.
        }
    }

    private OrleansException NotHosted(GrainCall call, GrainId id) => new(
        $"{call.Method.InterfaceType.Name}.{call.Method.Name} was called on {id}, but {_host.SiloAddress} hosts no grain class of type \"{id.Type}\". It hosts: "
        + $"{string.Join(", ", _classes.Types.Hosted.Select(static grain => grain.GrainType.ToString()).Order(StringComparer.Ordinal))}.");

    private Dictionary<string, int> CountByType() => All.GroupBy(static activation => activation.Class.GrainType.ToString()).ToDictionary(static group => group.Key, static group => group.Count());
}
