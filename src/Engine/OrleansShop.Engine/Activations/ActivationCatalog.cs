using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using OrleansShop.Engine.Calls;

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

        lock (_making)
        {
            if (!_host.Router.IsMine(id)) return true;
            if (_activations.TryAdd(id, new Activation(grainClass, id.Key))) _host.Metrics.Created();
        }

        return true;
    }

    private OrleansException NotHosted(GrainCall call, GrainId id) => new(
        $"{call.Method.InterfaceType.Name}.{call.Method.Name} was called on {id}, but {_host.SiloAddress} hosts no grain class of type \"{id.Type}\". It hosts: "
        + $"{string.Join(", ", _classes.Types.Hosted.Select(static grain => grain.GrainType.ToString()).Order(StringComparer.Ordinal))}.");

    private Dictionary<string, int> CountByType() => All.GroupBy(static activation => activation.Class.GrainType.ToString()).ToDictionary(static group => group.Key, static group => group.Count());
}
