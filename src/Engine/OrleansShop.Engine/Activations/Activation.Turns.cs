using OrleansShop.Engine.Activations.Watch;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Context;

namespace OrleansShop.Engine.Activations;

/// <summary>The turns: one drain at a time, on any pool thread, inside a task of this scheduler.</summary>
internal sealed partial class Activation
{
    // After so many steps the thread goes to others; what is left is queued behind them.
    private const int StepsPerDrain = 128;

    // What a drain took from the inbox and had no steps left for.
    private TurnItem? _unfinishedWork;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Runs on a pool thread when something arrived. One task for the whole drain makes this the current scheduler.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        // The flag stays up: nothing is queued until the lease runs again.
        if (Host.Lease.HasRunOut() && Host.Lease.TryPark(this)) return;
        var waitedMs = (uint)Host.Clock.NowMs - _scheduledMs;
        if (waitedMs > Host.DelayWarningMs) Host.NoteLongWait(GrainId, waitedMs);

        // The thread-static is what tells TryExecuteTaskInline that this thread is the one that may run turns now.
        CurrentActivation.Context = this;
        var drain = new Task(static activation => ((Activation)activation!).Drain(), this, CancellationToken.None, TaskCreationOptions.DenyChildAttach);
        drain.RunSynchronously(this);
        CurrentActivation.Context = null;

        // The grain's code cannot make a drain fail: this is a fault of the engine, and must not be lost.
        if (drain.Exception is { } fault) Host.LogDrainFailed(fault, GrainId);

        if (HasArrivals || _unfinishedWork is not null || HasStartableCalls || Host.Lease.IsOut)
        {
            // The flag stays up: nobody else queues a drain meanwhile. Not to this thread's own queue: others go first.
            QueueDrain(preferLocal: false);
            return;
        }

        Volatile.Write(ref _isScheduled, 0);

        // Whoever pushed before the flag went down has not queued a drain.
        Interlocked.MemoryBarrier();
        if (HasArrivals) ScheduleDrain();
    }

    private void Drain()
    {
        var slot = TurnSlot.OfThisThread;
        slot.Begin(this);
        EnterEngine();
        try
        {
            Drain(slot);
        }
        finally
        {
            LeaveEngine();
            slot.End();
        }
    }

    private void Drain(TurnSlot slot)
    {
        var clean = ExecutionContext.Capture();
        var steps = StepsPerDrain;
        var lease = Host.Lease;
        while (steps > 0 && !lease.IsOut)
        {
            // Continuations first: they end requests that others wait for.
            var work = _unfinishedWork ?? TakeArrivedWork();
            _unfinishedWork = null;
            if (work is not null && _state == ActivationState.Gone) NoteWorkAfterEnd();
            while (work is not null && steps-- > 0 && !lease.IsOut)
            {
                // An answer may be another call's, and in another list, once it has run.
                var next = work.NextItem;
                work.NextItem = null;
                Run(work, slot);
                RestoreFlow(clean);
                work = next;
            }

            _unfinishedWork = work;
            if (_state != ActivationState.Gone) AdmitArrivals(TakeArrivedCalls());
            if (_state == ActivationState.Created && !lease.IsOut)
            {
                BeginActivation(slot);
                RestoreFlow(clean);
            }

            // (7) What may start, starts.
            while (steps > 0 && !lease.IsOut && TryTakeStartable() is { } call)
            {
                steps--;
                Start(call, slot);
                RestoreFlow(clean);
            }

            if (_extras is { IsDeactivationAsked: true } && !lease.IsOut) DeactivateIfQuiet(slot);
            if (_unfinishedWork is null && !HasArrivals && !HasStartableCalls) break;
        }

        if (_runningCount != 0) WatchRequests();
    }

    // A grain method that is not async and sets an async-local would otherwise leave it to the next request.
    private static void RestoreFlow(ExecutionContext? clean)
    {
        if (clean is not null && !ReferenceEquals(ExecutionContext.Capture(), clean)) ExecutionContext.Restore(clean);
    }

    private void Run(TurnItem item, TurnSlot slot)
    {
        var startedMs = BeginStep(slot);
        try
        {
            switch (item)
            {
                case GrainCall answered: answered.Resume(); break;
                case TurnWork { Item: Task task }: TryExecuteTask(task); break;
                case TurnWork { Item: Action<object> action, State: var state }: action(state!); break;
                case TurnWork { Item: Action action }: action(); break;
            }
        }
        catch (Exception e)
        {
            // A task keeps its own exception; this is an action, whose exception has nobody else to go to.
            Host.LogTurnFailed(e, GrainId);
        }

        EndStep(slot, startedMs);
    }

    // From here on the grain's own code runs.
    private long BeginStep(TurnSlot slot)
    {
        var startedMs = slot.StartedMs = Host.Clock.NowMs;
        LeaveEngine();
        return startedMs;
    }

    // The clock of the ticks is exact enough for this and costs nothing.
    private void EndStep(TurnSlot slot, long startedMs)
    {
        EnterEngine();
        var tookMs = Host.Clock.NowMs - startedMs;
        if (tookMs > Host.TurnWarningMs) NoteLongTurn(slot, startedMs, tookMs);
    }

    private void NoteLongTurn(TurnSlot slot, long startedMs, long tookMs)
    {
        Host.NoteLongTurn(GrainId, tookMs, isReported: !slot.TryReport(startedMs));
        if (tookMs > Host.DelayWarningMs && (HasArrivals || _unfinishedWork is not null)) Host.LogWaitedBehindTurn(GrainId, tookMs, Host.DelayWarningMs);
    }

    // Tasks that the grain has left behind come back to it for as long as they go on.
    private void NoteWorkAfterEnd()
    {
        var extras = Extras;
        var nowMs = Host.Clock.NowMs;
        if (nowMs < extras.NextAfterEndMs) return;
        Host.LogWorkAfterEnd(GrainId, nowMs - extras.EndedMs, Host.AfterEndWarningMs);
        extras.NextAfterEndMs = nowMs + Host.AfterEndWarningMs;
    }

    protected override void QueueTask(Task task) => Enqueue(task, null);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => ReferenceEquals(CurrentActivation.Context, this) && TryExecuteTask(task);

    // For debuggers only.
    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
