namespace OrleansShop.Engine.Calls;

/// <summary>A part of the outstanding calls under its own lock: an array of slots and a list of the free ones.</summary>
internal sealed class PendingStripe
{
    private const int NoSlot = -1;

    // Guards every field below.
    private readonly Lock _gate = new();
    private GrainCall?[] _calls = new GrainCall?[64];
    private int[] _nextFree = new int[64];
    private int _firstFree = NoSlot;
    private int _used;
    private int _count;
    private uint _sequence;

    public int Count => Volatile.Read(ref _count);

    public void Add(GrainCall call, int stripeIndex)
    {
        lock (_gate)
        {
            var slot = _firstFree;
            if (slot != NoSlot) _firstFree = _nextFree[slot];
            else slot = TakeNewSlot();

            // 0 is the id of a call that is in no slot.
            if (++_sequence == 0) _sequence = 1;
            call.CorrelationId = PendingCalls.IdOf(stripeIndex, slot, _sequence);
            _calls[slot] = call;
            _count++;
        }
    }

    public GrainCall? Take(int slot, long id, GrainCall? expected)
    {
        lock (_gate)
        {
            if (Look(slot, id) is not { } call || (expected is not null && !ReferenceEquals(call, expected))) return null;
            Free(slot);
            return call;
        }
    }

    public GrainCall? Find(int slot, long id)
    {
        lock (_gate) return Look(slot, id);
    }

    public void TakeOverdue(long nowMs, ref List<GrainCall>? overdue)
    {
        lock (_gate)
        {
            if (_count == 0) return;
            for (var slot = 0; slot < _used; slot++)
            {
                if (_calls[slot] is not { } call || call.DeadlineMs > nowMs) continue;
                Free(slot);
                (overdue ??= []).Add(call);
            }
        }
    }

    public void TakeWhere(Func<GrainCall, bool> condition, List<GrainCall> taken)
    {
        lock (_gate)
        {
            for (var slot = 0; slot < _used; slot++)
            {
                if (_calls[slot] is not { } call || !condition(call)) continue;
                Free(slot);
                taken.Add(call);
            }
        }
    }

    private GrainCall? Look(int slot, long id) => slot < _used && _calls[slot] is { } call && call.CorrelationId == id ? call : null;

    private void Free(int slot)
    {
        _calls[slot] = null;
        _nextFree[slot] = _firstFree;
        _firstFree = slot;
        _count--;
    }

    private int TakeNewSlot()
    {
        if (_used == _calls.Length)
        {
            Array.Resize(ref _calls, _used * 2);
            Array.Resize(ref _nextFree, _used * 2);
        }

        return _used++;
    }
}
