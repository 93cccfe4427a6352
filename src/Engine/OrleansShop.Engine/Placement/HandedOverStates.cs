using Orleans.Runtime;

namespace OrleansShop.Engine.Placement;

/// <summary>
/// What previous owners have handed over of grains that this silo has gained, until their activations are made here. Thread-safe.
/// </summary>
/// <remarks>
/// A state is good only if nobody can have run the grain since it was handed over. It bears the view in which its sender, who had run the
/// grain until then, found this silo to be the owner. It is taken if this silo enters exactly that view and has not opened the partition yet, and
/// kept as long as this silo owns the partition in each view that it enters: nobody else opens a partition in a view that this silo has not
/// acknowledged. The first activation takes it along. What comes too late, or when too much waits, is dropped, and the grain reads what is stored.
/// </remarks>
internal sealed class HandedOverStates
{
    private const long MostBytes = 256L * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<GrainId, Entry> _states = [];
    private Ring _entered = Ring.Empty(null);
    private long _bytes;
    private volatile bool _isAny;

    /// <summary>This silo is about to replace its ring by that of a newer view.</summary>
    public void Enter(Ring before, Ring next)
    {
        lock (_gate)
        {
            _entered = next;
            foreach (var (grain, entry) in _states.ToArray())
            {
                var isGood = entry.View >= next.View.Version || entry.IsTaken;
                if (entry.View <= next.View.Version)
                    isGood &= Owns(next, grain) && !before.MayActivate(grain);
                if (!isGood)
                    Remove(grain, entry);
                else if (entry.View == next.View.Version)
                    _states[grain] = entry with { IsTaken = true };
            }
        }
    }

    /// <summary>A previous owner hands something over. While this silo makes no activation. False if it is not of use any more.</summary>
    public bool Offer(GrainId grain, long view, byte[] state, Ring current)
    {
        lock (_gate)
        {
            var isEarly = view > _entered.View.Version;
            if (!isEarly && (view < _entered.View.Version || !Owns(_entered, grain) || current.MayActivate(grain)))
                return false;
            if (_bytes + state.Length > MostBytes)
                return false;
            if (_states.TryGetValue(grain, out var present))
            {
                if (present.View >= view)
                    return false;
                Remove(grain, present);
            }

            _states.Add(grain, new(view, state, IsTaken: !isEarly));
            _bytes += state.Length;
            _isAny = true;
            return true;
        }
    }

    /// <summary>What was handed over of a grain that is about to be activated here; null if nothing was. While this silo makes no other activation.</summary>
    /// <remarks>On the way of every activation: one volatile read where nothing was handed over.</remarks>
    public byte[]? Take(GrainId grain)
    {
        if (!_isAny)
            return null;
        lock (_gate)
        {
            if (!_states.TryGetValue(grain, out var entry) || !entry.IsTaken)
                return null;
            Remove(grain, entry);
            return entry.State;
        }
    }

    /// <summary>The grains of which something was handed over, and that may be activated now.</summary>
    public IReadOnlyList<GrainId> Ready(Ring ring)
    {
        if (!_isAny)
            return [];
        lock (_gate)
            return [.. _states.Where(entry => entry.Value.IsTaken && ring.MayActivate(entry.Key)).Select(entry => entry.Key)];
    }

    private static bool Owns(Ring ring, GrainId grain) => ring.Find(grain.Type) is { IsStatelessWorker: false } hosting && hosting.Owned.Contains(Partition.Of(grain));

    private void Remove(GrainId grain, Entry entry)
    {
        _states.Remove(grain);
        _bytes -= entry.State.Length;
        _isAny = _states.Count > 0;
    }

    // Taken: this silo has entered the view, and the state is good. Else the view is still to come.
    private readonly record struct Entry(long View, byte[] State, bool IsTaken);
}
