using Orleans.Runtime;
using OrleansShop.Engine.Calls;

namespace OrleansShop.Engine.Activations;

/// <summary>Which call may start now: the calls that wait, in order, and the rule by which some go beside those that run.</summary>
internal sealed partial class Activation
{
    private GrainCall? _firstWaiting;
    private GrainCall? _lastWaiting;
    private int _waitingCount;

    private GrainCall? _running;
    private int _runningCount;

    // Of the running ones: those that others have to wait for, and among them those that are not read-only.
    private int _blockingCount;
    private int _writingCount;

    // How many of the waiting ones could go beside a running one at all. Most grains have none: their queue is never scanned.
    private int _waitingCompanions;

    // Whether something changed that could let a call start that was looked at before.
    private bool _mustScan;

    private bool HasStartableCalls => _firstWaiting is not null && _state == ActivationState.Active && (_mustScan || (_runningCount == 0 && !IsLeaving));

    /// <summary>Whether a call would probably have to wait. A guess from outside of its turns, for choosing among stateless workers.</summary>
    public bool LooksBusy => Volatile.Read(ref _isScheduled) != 0 || _runningCount != 0 || _firstWaiting is not null;

    private bool IsLeaving => _extras is { IsDeactivationAsked: true };

    /// <summary>Puts calls into the queue. What may overtake those before it is found by the scan.</summary>
    private void AdmitArrivals(GrainCall? arrived)
    {
        while (arrived is not null)
        {
            var next = arrived.Next;
            arrived.Next = null;
            if (arrived.Is(CallFlags.Abandoned)) RefuseUnstarted(arrived);
            else if (Class.MaxWaiting != 0 && _waitingCount >= Class.MaxWaiting && IsOneTooMany(arrived)) RefuseForLength(arrived, _waitingCount);
            else Append(arrived);
            arrived = next;
        }
    }

    // As many as the limit allows wait. Nothing starts before the activation is active, nor while it goes; one of those that wait then is the first to start.
    private bool IsOneTooMany(GrainCall arrived) =>
        !arrived.Is(CallFlags.Bound) && (_state == ActivationState.Active ? !MayStart(arrived) : _waitingCount > Class.MaxWaiting);

    private void Append(GrainCall call)
    {
        if (_lastWaiting is null) _firstWaiting = call;
        else _lastWaiting.Next = call;
        _lastWaiting = call;
        _waitingCount++;
        if (IsCompanion(call)) _waitingCompanions++;
        if (call.Cancellation is { } cancellation) cancellation.WaitsIn = this;

        // A call that may not start is looked at again only when something ends, starts or opens.
        if (_runningCount != 0 && !_mustScan && MayStart(call)) _mustScan = true;
        if (Class.WarnedWaiting != 0 && _waitingCount > Class.WarnedWaiting && _runningCount != 0 && !_mustScan) Class.NoteLongQueue(this);
    }

    // Whether rules 2 to 6 could ever let the call go beside another.
    private bool IsCompanion(GrainCall call) =>
        (call.Flags & (CallFlags.AlwaysInterleave | CallFlags.ReadOnly)) != 0 || RequestContext.ReentrancyIdOf(call.RequestContextData) != Guid.Empty || Class.IsReentrant || Class.MayInterleave is not null;

    private void LookAgain()
    {
        if (_firstWaiting is not null && (_waitingCompanions != 0 || _blockingCount == 0)) _mustScan = true;
    }

    /// <summary>Takes the first call out of the queue that may start.</summary>
    private GrainCall? TryTakeStartable()
    {
        if (_firstWaiting is not { } first || _state != ActivationState.Active) return null;
        if (_runningCount == 0)
        {
            // What has not started when the activation leaves is for the next one.
            return IsLeaving ? null : Unlink(previous: null, first);
        }

        if (!_mustScan) return null;
        GrainCall? previous = null;
        for (var call = first; call is not null; previous = call, call = call.Next)
        {
            if (MayStart(call)) return Unlink(previous, call);
        }

        _mustScan = false;
        return null;
    }

    /// <summary>The rule, in the order in which it is documented.</summary>
    private bool MayStart(GrainCall call)
    {
        // (1) Nothing runs that has to be waited for.
        if (_blockingCount == 0) return true;

        // An observer object takes one call at a time, whatever the method says; but it must hear that what it does is cancelled.
        if (Class.IsObserver) return call.Target is { IsExtension: true, IsSystemTarget: true };

        // (2) The method goes beside anything. (3) The class lets everything in.
        if (call.Is(CallFlags.AlwaysInterleave) || Class.IsReentrant) return true;

        // (4) It only reads, and so do all that run.
        if (call.Is(CallFlags.ReadOnly) && _writingCount == 0) return true;

        // (5) It belongs to a chain of calls that has a section open here.
        if (_extras?.OpenChains is { Count: > 0 } chains && chains.ContainsKey(RequestContext.ReentrancyIdOf(call.RequestContextData))) return true;

        // (6) The class's own predicate says so, of it or of those that run.
        return Class.MayInterleave is { } predicate && (Ask(predicate, call) || RunningMayAllInterleave(predicate));
    }

    private bool RunningMayAllInterleave(InterleavePredicate predicate)
    {
        for (var call = _running; call is not null; call = call.Next)
        {
            if (Blocks(call) && !Ask(predicate, call)) return false;
        }

        return true;
    }

    private bool Ask(InterleavePredicate predicate, GrainCall call)
    {
        try
        {
            // The predicate has the request in hand, and may keep it.
            call.Keep();
            return predicate.Invoke(GrainInstance!, call);
        }
        catch (Exception e)
        {
            Host.LogPredicateFailed(e, GrainId, call);
            return false;
        }
    }

    private bool Blocks(GrainCall call) => !call.Is(CallFlags.AlwaysInterleave) || Class.IsObserver;

    private void AddRunning(GrainCall call)
    {
        call.Previous = null;
        call.Next = _running;
        if (_running is not null) _running.Previous = call;
        _running = call;
        _runningCount++;
        if (Blocks(call))
        {
            _blockingCount++;
            if (!call.Is(CallFlags.ReadOnly)) _writingCount++;
        }

        LookAgain();
    }

    private void RemoveRunning(GrainCall call)
    {
        if (call.Previous is null) _running = call.Next;
        else call.Previous.Next = call.Next;
        if (call.Next is not null) call.Next.Previous = call.Previous;
        call.Next = call.Previous = null;
        _runningCount--;
        if (Blocks(call))
        {
            _blockingCount--;
            if (!call.Is(CallFlags.ReadOnly)) _writingCount--;
        }

        LookAgain();
    }

    private GrainCall Unlink(GrainCall? previous, GrainCall call)
    {
        if (previous is null) _firstWaiting = call.Next;
        else previous.Next = call.Next;
        if (ReferenceEquals(_lastWaiting, call)) _lastWaiting = previous;
        call.Next = null;
        _waitingCount--;
        if (IsCompanion(call)) _waitingCompanions--;
        return call;
    }

    /// <inheritdoc/>
    public void Forget(GrainCall call) => QueueAction(
        static state =>
        {
            var (activation, call) = ((Activation, GrainCall))state;
            activation.EnterEngine();
            activation.RefuseCancelled(call);
            activation.LeaveEngine();
        },
        (this, call));

    private void RefuseCancelled(GrainCall cancelled)
    {
        if (_state == ActivationState.Gone) return;
        GrainCall? previous = null;
        for (var call = _firstWaiting; call is not null; previous = call, call = call.Next)
        {
            if (!ReferenceEquals(call, cancelled)) continue;
            Unlink(previous, call);
            RefuseUnstarted(call);
            return;
        }
    }

    private void RefuseUnstarted(GrainCall call) => Host.Answers.Refuse(
        call,
        call.Is(CallFlags.Abandoned)
            ? new OperationCanceledException($"{call} was not started: its caller had stopped waiting.")
            : new TimeoutException($"{call} was not started: it waited until the time for its answer was over."));

    private void RefuseForLength(GrainCall call, int waiting) => Host.Answers.Refuse(
        call,
        new LimitExceededException(
            $"{GrainId} has {waiting} calls waiting, as many as SiloMessagingOptions.MaxEnqueuedRequestsHardLimit or its variant for stateless workers allows ({Class.MaxWaiting}); {call.Method.Name} was refused and not executed."));

    public void OnEnterReentrantSection(Guid reentrancyId)
    {
        var chains = Extras.OpenChains ??= [];
        chains[reentrancyId] = chains.GetValueOrDefault(reentrancyId) + 1;
        LookAgain();
    }

    public void OnExitReentrantSection(Guid reentrancyId)
    {
        if (_extras?.OpenChains is not { } chains || !chains.TryGetValue(reentrancyId, out var open)) return;
        if (open == 1) chains.Remove(reentrancyId);
        else chains[reentrancyId] = open - 1;
    }
}
