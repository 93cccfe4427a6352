using System.Diagnostics;

namespace OrleansShop.Engine.Calls;

/// <summary>Calls of one class that rest until the next call. Generated code has one for each class of calls.</summary>
/// <remarks>
/// Each thread has a short list of its own, without locks. A thread that only makes calls and one that only ends them meet at a few
/// chains that all threads share: a whole chain changes hands under one lock. What does not fit is left to the garbage collector.
/// Hot path: one thread-static read to take and one to return; nothing allocated. Benchmark: local-call-bytes.
/// </remarks>
public sealed class CallPool
{
    /// <summary>How many calls change hands at once; a thread keeps up to twice as many.</summary>
    internal const int ChainLength = 32;

    /// <summary>How many chains all threads share.</summary>
    internal const int MostChains = 16;

    // By the number of the pool. Generic statics would do the same, but cost a dictionary lookup in shared code.
    [ThreadStatic]
    private static Shelf[]? t_shelves;

    private static int s_pools;

    private readonly int _number = Interlocked.Increment(ref s_pools) - 1;
    private readonly Lock _gate = new();

    // Both guarded by _gate.
    private readonly GrainCall?[] _chains = new GrainCall?[MostChains];
    private int _chainCount;

    /// <summary>Returns a call as new, or null if none rests here.</summary>
    public GrainCall? TryTake()
    {
        ref var shelf = ref ShelfOfThread();
        if (shelf.First is not { } call && !TryTakeChain(ref shelf, out call)) return null;
        shelf.First = call.Next;
        shelf.Count--;
        call.Next = null;
        Debug.Assert(call.Flags == CallFlags.Resting, "A call in the pool was used.");
        call.Flags = CallFlags.None;
        return call;
    }

    /// <summary>Takes a call that nobody knows any more and that is as good as new.</summary>
    internal void Return(GrainCall call)
    {
        Debug.Assert(call.Flags == CallFlags.None && call.Next is null, "A call was returned twice, or while it was used.");
        call.Flags = CallFlags.Resting;
        ref var shelf = ref ShelfOfThread();
        call.Next = shelf.First;
        shelf.First = call;
        if (++shelf.Count == 2 * ChainLength) GiveChain(ref shelf);
    }

    private ref Shelf ShelfOfThread()
    {
        var shelves = t_shelves;
        if (shelves is null || _number >= shelves.Length) shelves = GrowShelves();
        return ref shelves[_number];
    }

    private static Shelf[] GrowShelves()
    {
        Array.Resize(ref t_shelves, Volatile.Read(ref s_pools) + 8);
        return t_shelves;
    }

    private bool TryTakeChain(ref Shelf shelf, out GrainCall first)
    {
        first = null!;
        if (Volatile.Read(ref _chainCount) == 0) return false;
        lock (_gate)
        {
            if (_chainCount == 0) return false;
            first = _chains[--_chainCount]!;
            _chains[_chainCount] = null;
        }

        shelf.First = first;
        shelf.Count = ChainLength;
        return true;
    }

    // The older half goes: the newer one is still in this processor's cache.
    private void GiveChain(ref Shelf shelf)
    {
        var last = shelf.First!;
        for (var i = 1; i < ChainLength; i++) last = last.Next!;
        var chain = last.Next!;
        last.Next = null;
        shelf.Count = ChainLength;
        lock (_gate)
        {
            if (_chainCount < MostChains) _chains[_chainCount++] = chain;
        }
    }

    private struct Shelf
    {
        public GrainCall? First;
        public int Count;
    }
}
