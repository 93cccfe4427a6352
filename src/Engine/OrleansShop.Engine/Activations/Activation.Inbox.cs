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

    // The pool takes a thread's own queue first and its newest item first: two callers and two grains that keep each other busy
    // would keep all others waiting. One drain in so many goes to the end of the common queue instead.
    private const int DrainsBeforeOthers = 32;

    [ThreadStatic]
    private static uint t_drainsQueued;

    // 1 from the moment a drain is queued to the pool until it has found nothing more to do.
    private int _isScheduled;

    /// <summary>Takes a call. False if the activation is gone: the caller has to find or make another.</summary>
    /// <remarks>Hot path: one compare-and-swap, and a second one plus a queueing to the pool if it was idle.</remarks>
    public bool TryEnqueue(GrainCall call)
    {
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
        if (Volatile.Read(ref _isScheduled) == 0 && Interlocked.Exchange(ref _isScheduled, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: ++t_drainsQueued % DrainsBeforeOthers != 0);
    }

    private bool HasArrivals => HasArrivedCalls || Volatile.Read(ref _arrivedWork) is not null;

    private bool HasArrivedCalls => Volatile.Read(ref _arrivedCalls) is { } calls && !ReferenceEquals(calls, s_closed);

    // In order of arrival. The stack has the newest on top.
    private GrainCall? TakeArrivedCalls()
    {
        var calls = Volatile.Read(ref _arrivedCalls);
        if (calls is null || ReferenceEquals(calls, s_closed)) return null;
        return Reverse(Interlocked.Exchange(ref _arrivedCalls, null));
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
