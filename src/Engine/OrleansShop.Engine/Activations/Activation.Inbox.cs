using Orleans.Runtime;
using OrleansShop.Engine.Calls;

namespace OrleansShop.Engine.Activations;

/// <summary>The inbox: two stacks that any thread pushes to and only a turn empties, and the flag that a drain is on its way.</summary>
internal sealed partial class Activation
{
    // Marks the inbox of an activation that takes no calls any more. Never run.
    private static readonly GrainCall s_closed = new ClosedInbox();

    private GrainCall? _arrivedCalls;
    private TurnItem? _arrivedWork;

    // How many calls are in the inbox: those that could go beside a running one, and the others. Counted only where there is a limit.
    private int _arrivedCompanions;
    private int _arrivedOthers;

    // The pool takes a thread's own queue first and its newest item first: two callers and two grains that keep each other busy
    // would keep all others waiting. One drain in so many goes to the end of the common queue instead.
    private const int DrainsBeforeOthers = 32;

    [ThreadStatic]
    private static uint t_drainsQueued;

    // 1 from the moment a drain is queued to the pool until it has found nothing more to do.
    private int _isScheduled;

    // When that drain was queued, by the host's clock; the low half of it is enough for a difference.
    private uint _scheduledMs;

    /// <summary>Takes a call. False if the activation is gone: the caller has to find or make another.</summary>
    /// <remarks>Hot path: one compare-and-swap, and a second one plus a queueing to the pool if it was idle.</remarks>
    public bool TryEnqueue(GrainCall call)
    {
        if (Class.MaxWaiting != 0 && !TryCount(call)) return true;

        // (6) Into the inbox.
        var head = Volatile.Read(ref _arrivedCalls);
        while (true)
        {
            if (ReferenceEquals(head, s_closed)) return false;
            call.Next = head;
            var seen = Interlocked.CompareExchange(ref _arrivedCalls, call, head);
            if (ReferenceEquals(seen, head)) break;
            head = seen;
        }

        ScheduleDrain();
        return true;
    }

    // While a turn does not end nobody takes calls out of the inbox: they count as waiting there. The exact rule, which may let a call
    // overtake others, is for the turn that takes them out. False if the call was refused.
    private bool TryCount(GrainCall call)
    {
        // What waits was looked at and may not start: it is in the way of those only that have to wait for all before them.
        var isCompanion = IsCompanion(call);
        var ahead = isCompanion ? Interlocked.Increment(ref _arrivedCompanions) - 1 : Interlocked.Increment(ref _arrivedOthers) - 1 + Volatile.Read(ref _waitingCount);
        if (call.Is(CallFlags.Bound) || ReferenceEquals(Volatile.Read(ref _arrivedCalls), s_closed)) return true;

        // Where nothing runs, one of them is about to start.
        if (ahead < Class.MaxWaiting + (Volatile.Read(ref _runningCount) == 0 ? 1 : 0)) return true;
        if (isCompanion) Interlocked.Decrement(ref _arrivedCompanions);
        else Interlocked.Decrement(ref _arrivedOthers);
        RefuseForLength(call, ahead);
        return false;
    }

    public void QueueAction(Action action) => Enqueue(action, null);

    public void QueueAction(Action<object> action, object state) => Enqueue(action, state);

    void IWorkItemScheduler.QueueTask(Task task) => task.Start(this);

    void IResumesCalls.Resume(GrainCall answered) => Enqueue(answered);

    private void Enqueue(object item, object? state) => Enqueue(new TurnWork(item, state));

    private void Enqueue(TurnItem work)
    {
        var head = Volatile.Read(ref _arrivedWork);
        while (true)
        {
            work.NextItem = head;
            var seen = Interlocked.CompareExchange(ref _arrivedWork, work, head);
            if (ReferenceEquals(seen, head)) break;
            head = seen;
        }

        ScheduleDrain();
    }

    private void ScheduleDrain()
    {
        // The compare-and-swap of the push is a full fence: either this sees the flag down, or the drain sees what was pushed.
        if (Volatile.Read(ref _isScheduled) == 0 && Interlocked.Exchange(ref _isScheduled, 1) == 0) QueueDrain(preferLocal: ++t_drainsQueued % DrainsBeforeOthers != 0);
    }

    private void QueueDrain(bool preferLocal)
    {
        _scheduledMs = (uint)Host.Clock.NowMs;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal);
    }

    private bool HasArrivals => HasArrivedCalls || Volatile.Read(ref _arrivedWork) is not null;

    private bool HasArrivedCalls => Volatile.Read(ref _arrivedCalls) is { } calls && !ReferenceEquals(calls, s_closed);

    // In order of arrival. The stack has the newest on top.
    private GrainCall? TakeArrivedCalls()
    {
        var calls = Volatile.Read(ref _arrivedCalls);
        if (calls is null || ReferenceEquals(calls, s_closed)) return null;
        var arrived = Reverse(Interlocked.Exchange(ref _arrivedCalls, null));
        if (Class.MaxWaiting != 0) Uncount(arrived);
        return arrived;
    }

    private GrainCall? CloseInbox() => Reverse(Interlocked.Exchange(ref _arrivedCalls, s_closed));

    private static GrainCall? Reverse(GrainCall? newest)
    {
        GrainCall? oldest = null;
        while (newest is not null)
        {
            var next = newest.Next;
            newest.Next = oldest;
            oldest = newest;
            newest = next;
        }

        return oldest;
    }

    // Before they are counted as waiting: for a moment there are too few, and the turn that takes them over sees to the limit.
    private void Uncount(GrainCall? first)
    {
        var (companions, others) = (0, 0);
        for (var call = first; call is not null; call = call.Next)
        {
            if (IsCompanion(call)) companions++;
            else others++;
        }

        Interlocked.Add(ref _arrivedCompanions, -companions);
        Interlocked.Add(ref _arrivedOthers, -others);
    }

    private TurnItem? TakeArrivedWork()
    {
        if (Volatile.Read(ref _arrivedWork) is null) return null;
        var newest = Interlocked.Exchange(ref _arrivedWork, null);
        TurnItem? oldest = null;
        while (newest is not null)
        {
            var next = newest.NextItem;
            newest.NextItem = oldest;
            oldest = newest;
            newest = next;
        }

        return oldest;
    }
}
