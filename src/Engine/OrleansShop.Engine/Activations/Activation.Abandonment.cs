using Orleans;
using OrleansShop.Engine.Calls;

namespace OrleansShop.Engine.Activations;

/// <summary>Letting go of an activation that does not come to rest, from any thread, even while one of its turns does not end.</summary>
/// <remarks>
/// What a turn usually guards, the lists of calls, is taken over by whoever moves the state to <see cref="ActivationState.Gone"/>. A
/// drain touches them only between <c>_isInEngine = true</c> and <c>= false</c>, and only after it has read a state that is not Gone; the
/// taker writes Gone and waits until it reads false. That needs a full fence on both sides. The drain's would cost something at each
/// step; the process-wide barrier of the taker, which comes once in an activation's life if at all, stands for both.
/// </remarks>
internal sealed partial class Activation
{
    // True while a drain, or the end of a request, is at the lists; false while the grain's own code runs.
    private bool _isInEngine;

    // Whether the host's watch for long requests knows it.
    private bool _isWatched;

    // Whether the callers of what still runs have been told that it is abandoned: its results are for nobody.
    private bool _areAnswersDiscarded;

    /// <summary>The newest of the running calls. From any thread: a look that may be out of date at once.</summary>
    public GrainCall? FirstRunning => Volatile.Read(ref _running);

    /// <summary>The call that has waited longest. From any thread.</summary>
    public GrainCall? FirstWaiting => Volatile.Read(ref _firstWaiting);

    /// <summary>How many calls wait, without those that the last drain has not seen. From any thread.</summary>
    public int WaitingCount => Volatile.Read(ref _waitingCount);

    /// <summary>What runs, for the log. From any thread.</summary>
    public string DescribeRunning()
    {
        const int MostNamed = 3;
        var names = new List<string>();
        var call = FirstRunning;
        for (; call is not null && names.Count < MostNamed; call = call.Next) names.Add($"{call.Method.InterfaceType.Name}.{call.Method.Name}");
        if (call is not null) names.Add($"{_runningCount - MostNamed} more");
        if (names.Count != 0) return string.Join(", ", names);
        return _state switch
        {
            ActivationState.Created or ActivationState.Activating => "the constructor, the loading of state, or OnActivateAsync",
            ActivationState.Deactivating => "OnDeactivateAsync, or the disposal of the grain",
            _ => "a task that no request waits for",
        };
    }

    public bool IsWatched => _isWatched;

    /// <summary>Whether others seem to wait until the call has ended. One that is just arriving looks so too.</summary>
    public bool IsHeldUpBy(GrainCall call) => Blocks(call) && !Class.IsReentrant && (FirstWaiting is not null || HasArrivedCalls);

    /// <summary>Has its running requests watched until none is left.</summary>
    public void WatchRequests()
    {
        if (_isWatched) return;
        _isWatched = true;
        Host.Requests.Add(this);
    }

    /// <summary>True if there is nothing to watch: the next drain that leaves a request running says so again.</summary>
    public bool TryEndWatch()
    {
        if (_state != ActivationState.Gone && _runningCount != 0) return false;
        _isWatched = false;

        // A drain that has read true just before does not say so again.
        Interlocked.MemoryBarrier();
        return _state == ActivationState.Gone || _runningCount == 0;
    }

    /// <summary>
    /// Lets go of an activation whose running requests do not end in time: it takes no more calls, and those that wait are handed on.
    /// The running ones may still answer.
    /// </summary>
    public void Abandon()
    {
        if (!TryTakeOver()) return;
        Host.LogAbandoned(GrainId, _runningCount);
        LeaveAbandoned();
    }

    /// <summary>Lets go of an activation that is stuck: the callers of what runs are told now, and what comes of it later is for nobody.</summary>
    public bool TryAbandonStuck(GrainCall stuck, long tookMs, long limitMs)
    {
        if (Class.IsObserver || !TryTakeOver(discardAnswers: true)) return false;
        Host.Metrics.ShutDown(DeactivationReasonCode.ActivationUnresponsive);
        var took = TimeSpan.FromMilliseconds(tookMs);
        var limit = TimeSpan.FromMilliseconds(limitMs);
        for (var call = _running; call is not null; call = call.Next)
        {
            if (call.Is(CallFlags.Bound)) continue;
            call.CancelCallee();
            Host.Answers.GiveUp(call, new TimeoutException(
                $"{call} was given up by silo {Host.SiloAddress}: {stuck.Method.Name} has run there for {took}, longer than SiloMessagingOptions.MaxRequestProcessingTime ({limit}), while others waited. "
                + "The activation is abandoned and the next call gets a new one; how much of this call was executed is unknown."));
        }

        LeaveAbandoned();
        return true;
    }

    // True for one caller only, who then owns the lists of calls.
    private bool TryTakeOver(bool discardAnswers = false)
    {
        ActivationState state;
        do
        {
            state = _state;
            if (state == ActivationState.Gone) return false;
        }
        while (!TryMove(state, ActivationState.Gone));

        _areAnswersDiscarded = discardAnswers;
        Interlocked.MemoryBarrierProcessWide();
        var spin = default(SpinWait);
        while (Volatile.Read(ref _isInEngine)) spin.SpinOnce();
        return true;
    }

    private void LeaveAbandoned()
    {
        TakeOut();
        HandOnAll(Reroute);
        Extras.Deactivated.TrySetResult();
        Host.Metrics.Deactivated();

        // In a turn, as everything that calls the grain's code; if a turn hangs, when it comes back.
        QueueAction(static activation => _ = ((Activation)activation).CleanUpAbandoned(), this);
    }

    private void TakeOut()
    {
        var extras = Extras;
        extras.EndedMs = Host.Clock.NowMs;
        extras.NextAfterEndMs = extras.EndedMs + Host.AfterEndWarningMs;

        // Its owner hears of it before the calls that are handed on reach the owner.
        if (_extras is { Redirection: not null } or { Departure: not null }) Host.Placement!.Leave(this);
        else Host.Catalog.Remove(this);
    }

    private async Task CleanUpAbandoned()
    {
        DisposeTimers();
        await DisposeInstance();
    }

    // Only whoever moved the state to Gone.
    private void HandOnAll(Action<GrainCall> handOn)
    {
        var waiting = _firstWaiting;
        _firstWaiting = _lastWaiting = null;
        _waitingCount = _waitingCompanions = 0;
        HandOn(waiting, handOn);
        HandOn(CloseInbox(), handOn);
    }

    private bool TryMove(ActivationState from, ActivationState to) => Interlocked.CompareExchange(ref _state, to, from) == from;

    private void EnterEngine() => Volatile.Write(ref _isInEngine, true);

    private void LeaveEngine() => Volatile.Write(ref _isInEngine, false);
}
