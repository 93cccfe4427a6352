using Orleans.Runtime;
using OrleansShop.Engine.Calls;

namespace OrleansShop.Engine.Activations;

/// <summary>The activations of one stateless worker on a silo: as many as have work at once, up to the class's limit.</summary>
internal sealed class StatelessWorkers(GrainClass grainClass, IdSpan key)
{
    // Guards _workers and _next.
    private readonly Lock _gate = new();
    private readonly List<Activation> _workers = [];
    private int _next;

    public int Count
    {
        get
        {
            lock (_gate) return _workers.Count;
        }
    }

    public Activation[] All
    {
        get
        {
            lock (_gate) return [.. _workers];
        }
    }

    public void Deliver(GrainCall call)
    {
        while (!Choose().TryEnqueue(call))
        {
        }
    }

    public void Remove(Activation worker)
    {
        lock (_gate) _workers.Remove(worker);
    }

    // One without work; else a new one; else each in turn.
    private Activation Choose()
    {
        lock (_gate)
        {
            _workers.RemoveAll(static worker => worker.State == ActivationState.Gone);
            foreach (var worker in _workers)
            {
                if (!worker.LooksBusy) return worker;
            }

            if (_workers.Count < grainClass.MaxLocalWorkers)
            {
                var created = new Activation(grainClass, key);
                _workers.Add(created);
                grainClass.Host.Metrics.Created();
                return created;
            }

            _next = (_next + 1) % _workers.Count;
            return _workers[_next];
        }
    }
}
