using Orleans.Runtime;
using OrleansShop.Engine.Calls;

namespace OrleansShop.Engine.Messaging;

/// <summary>
/// Calls that cannot go on yet: their owner cannot be reached, or has not taken over, or the view that they need is not here.
/// Whatever changes that sends all of them on their way again; those that still have to wait come back.
/// </summary>
internal sealed class WaitingRoom(int most)
{
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private List<GrainCall> _calls = [];

    /// <summary>How many calls wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _calls.Count;
        }
    }

    /// <summary>Adds a call whose arguments are isolated; false if too many wait already.</summary>
    public bool TryAdd(GrainCall call)
    {
        lock (_gate)
        {
            if (_calls.Count >= most)
                return false;
            _calls.Add(call);
            return true;
        }
    }

    /// <summary>Takes out all calls.</summary>
    public IReadOnlyList<GrainCall> TakeAll()
    {
        lock (_gate)
        {
            if (_calls.Count == 0)
                return [];
            var all = _calls;
            _calls = [];
            return all;
        }
    }

    /// <summary>Takes out the calls that nobody waits for any more, so that they make room.</summary>
    public IReadOnlyList<GrainCall> TakeOverdue(long nowMs) => TakeWhere(call => call.DeadlineMs < nowMs || call.Is(CallFlags.Abandoned));

    /// <summary>Takes out the calls to one grain.</summary>
    public IReadOnlyList<GrainCall> TakeFor(GrainId grain) => TakeWhere(call => call.TargetId == grain);

    /// <summary>Takes out the calls for which a condition holds.</summary>
    public IReadOnlyList<GrainCall> TakeWhere(Predicate<GrainCall> condition)
    {
        lock (_gate)
        {
            // Each is looked at once: whether a call was given up can change at any time.
            var taken = new List<GrainCall>();
            var kept = new List<GrainCall>(_calls.Count);
            foreach (var call in _calls)
                (condition(call) ? taken : kept).Add(call);
            _calls = kept;
            return taken;
        }
    }
}
