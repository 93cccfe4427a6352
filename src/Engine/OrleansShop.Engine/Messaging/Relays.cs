using System.Collections.Concurrent;
using Orleans.Runtime;
using OrleansShop.Engine.Calls;

namespace OrleansShop.Engine.Messaging;

/// <summary>
/// Calls that came from another process and were sent on to their owner. Their answers come back through here, so that the
/// caller need not know of the detour.
/// </summary>
internal sealed class Relays
{
    private readonly ConcurrentDictionary<long, GrainCall> _calls = new();
    private long _last;

    /// <summary>How many wait for their answer.</summary>
    public int Count => _calls.Count;

    /// <summary>Adds a call that is sent on; returns the number for the wire.</summary>
    public long Add(GrainCall call)
    {
        var id = Interlocked.Increment(ref _last);
        _calls[id] = call;
        return id;
    }

    /// <summary>Takes out the call that an answer belongs to.</summary>
    public GrainCall? Take(long id) => _calls.TryRemove(id, out var call) ? call : null;

    /// <summary>The number of a call that was sent on; 0 if it was not.</summary>
    public long NumberOf(GrainCall call) => _calls.FirstOrDefault(entry => ReferenceEquals(entry.Value, call)).Key;

    /// <summary>Takes out the calls that were sent to a silo, and those that nobody waits for any more.</summary>
    public IEnumerable<GrainCall> TakeWhere(Func<GrainCall, bool> condition)
    {
        foreach (var (id, call) in _calls)
        {
            if (condition(call) && _calls.TryRemove(id, out _))
                yield return call;
        }
    }

    /// <summary>Takes out the calls that were sent to a silo.</summary>
    public IEnumerable<GrainCall> TakeSentTo(SiloAddress silo) => TakeWhere(call => silo.Equals(call.RemoteSilo));
}
