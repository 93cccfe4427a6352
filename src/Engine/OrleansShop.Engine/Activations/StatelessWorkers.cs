using Orleans.Runtime;
using OrleansShop.Engine.Calls;

namespace OrleansShop.Engine.Activations;

/// <summary>The activations of one stateless worker on a silo: as many as have work at once, up to the class's limit.</summary>
internal sealed class StatelessWorkers(GrainClass grainClass, IdSpan key)
{
    // Guards the fields below it.
    private readonly Lock _gate = new();
    private readonly List<Activation> _workers = [];
    private int _next;
    private bool _isClosed;

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

    /// <summary>Hands a call to one of them. False if the last of them has gone: the caller has to start anew.</summary>
    public bool TryDeliver(GrainCall call)
    {
        while (Choose() is { } worker)
        {
            if (worker.TryEnqueue(call)) return true;
        }

        return false;
    }

    /// <summary>Takes one out. True if it was the last: nothing is delivered here any more.</summary>
    public bool Remove(Activation worker)
    {
        lock (_gate)
        {
            _workers.Remove(worker);
            return _isClosed |= _workers.Count == 0;
        }
    }

    /// <summary>Asks those to go that have had no work for as long as their class says.</summary>
    public void CollectIdle(long nowMs)
    {
        if (grainClass.IdleWorkerMs is not { } allowedMs) return;
        foreach (var worker in All)
        {
            if (!worker.LooksBusy && nowMs - worker.LastUsedMs >= allowedMs) worker.CollectIfIdle(nowMs - allowedMs);
        }
    }

    // One without work; else a new one; else each in turn.
    private Activation? Choose()
    {
        lock (_gate)
        {
            if (_isClosed) return null;
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
