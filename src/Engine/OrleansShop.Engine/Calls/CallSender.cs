using System.Diagnostics;
using Orleans.Runtime;
using OrleansShop.Engine.Calls.Filters;
using OrleansShop.Engine.Context;
using OrleansShop.Engine.Diagnostics;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Calls;

/// <summary>
/// The way of a grain call, from the reference that it is made on to the task that the caller awaits.
/// </summary>
/// <remarks>
/// <code>
///  caller                                                      callee
///  ──────                                                      ──────
///  generated reference
///    │ a GrainCall from its pool: arguments + promise
///    ▼
///  (1) CallSender.Send      source, deadline, cancellation
///    ▼
///  (2) PendingCalls.Add     slot = correlation id
///    ▼
///  (3) outgoing filters     only if there are any
///    ▼
///  (4) ICallRouter.Route ── this silo: copy arguments ───────► (5) ActivationCatalog.Deliver   find or create
///    │                                                            ▼
///    └── another silo: arguments on the wire ── frame ───────► (5)   the same there
///                                                                 ▼
///                                                              (6) Activation.TryEnqueue       inbox
///                                                                 ▼
///                                                              (7) Activation.Drain            admission, a turn
///                                                                 ▼
///                                                              (8) incoming filters, the method
///                                                                 ▼
///  (10) GrainCall.Complete ◄── same process, or IReplySink ──── (9) Answers.Send               result or exception
///    │  the promise; the caller's continuation runs
///    ▼  on the caller's own scheduler
/// </code>
/// A call leaves the table of outstanding calls exactly once: by its answer (9), by the sweep for overdue calls, by the caller's
/// cancellation, or because the silo it was sent to died. Whoever takes it out completes it (10).
/// Hot path: 1–10 in one process allocate one task per drain, and nothing for the call: it comes from a pool and is its own promise. No lock is held
/// across a step. Benchmarks: local-call-bytes, hosted-ping.
/// </remarks>
internal sealed class CallSender : ICallSender
{
    private readonly PendingCalls _pending;
    private readonly CallClock _clock;
    private readonly CallSenderOptions _options;
    private readonly OutgoingFilters _filters;
    private readonly ReferenceFactory _references;
    private readonly Lazy<ICallRouter> _lateRouter;
    private readonly EngineMetrics _metrics;
    private readonly TimeSpan _responseTimeout;
    private ICallRouter? _router;

    /// <param name="pending">The table of outstanding calls; its overdue ones come here.</param>
    /// <param name="clock">The clock of deadlines.</param>
    /// <param name="codecs">The codecs that calls are copied and written with.</param>
    /// <param name="references">Makes the references whose calls come here.</param>
    /// <param name="router">Made late: it needs the catalog, whose grains need this.</param>
    /// <param name="filters">The outgoing filters.</param>
    /// <param name="options">The timeouts.</param>
    /// <param name="metrics">The counters.</param>
    public CallSender(
        PendingCalls pending, CallClock clock, ICodecProvider codecs, ReferenceFactory references, Lazy<ICallRouter> router, OutgoingFilters filters,
        CallSenderOptions options, EngineMetrics metrics)
    {
        _pending = pending;
        _clock = clock;
        _options = options;
        _filters = filters;
        _references = references;
        _lateRouter = router;
        _metrics = metrics;
        _responseTimeout = options.ResponseTimeout;
        Codecs = codecs;
        references.Sender = this;
        pending.TimedOut = TimeOut;
        clock.AtEachTick(pending.Sweep);
    }

    public ICodecProvider Codecs { get; }

    private ICallRouter Router => _router ??= _lateRouter.Value;

    public object Cast(GrainReference reference, Type interfaceType) => _references.Cast(reference, interfaceType);

    /// <summary>The reference that a call was made on, made again.</summary>
    internal object ReferenceTo(GrainCall call) => _references.Create(call.TargetId, call.Target.InterfaceClrType!);

    public void Send(GrainCall call)
    {
        // (1) What the call takes along from where it is made.
        call.Source ??= CurrentActivation.Context;
        if (_metrics.MeasuresRequests) call.MadeAt = Stopwatch.GetTimestamp();
        call.DeadlineMs = _clock.DeadlineAfter(call.Method.ResponseTimeout ?? _responseTimeout);
        if ((call.Method.Traits & GrainMethodTraits.Cancellable) != 0 && !TryPrepareCancellation(call)) return;

        // (3) Filters may change the call, send it more than once, or not at all.
        if (_filters.IsEmpty || call.Is(CallFlags.System) || call.Target.IsSystemTarget) Dispatch(call);
        else _filters.Send(call, this);
    }

    /// <summary>Sends a call that has passed the filters.</summary>
    internal void Dispatch(GrainCall call)
    {
        // Here and not in step 1: a filter may have set something for the callee.
        call.RequestContextData = RequestContext.Current;

        // (2) From here on the call is waited for.
        if (!call.Is(CallFlags.OneWay)) _pending.Add(call);

        // (4) To its activation, here or elsewhere. After that the call is the callee's, or over and another call already: only one
        // that can be cancelled is never used again.
        var cancellation = call.Cancellation;
        Router.Route(call);
        if (cancellation is not null) WatchCallerToken(call, cancellation);
    }

    public void NoteCompleted(GrainCall call) => _metrics.RequestEnded(Stopwatch.GetElapsedTime(call.MadeAt).TotalMilliseconds);

    // Ends a call that the caller no longer waits for, before its answer came.
    private void TimeOut(GrainCall call)
    {
        call.Flags |= CallFlags.Abandoned;
        _metrics.TimedOut();
        if (_options.CancelRequestOnTimeout) CancelCallee(call);
        var timeout = call.Method.ResponseTimeout ?? _responseTimeout;
        call.GiveUp(new TimeoutException(
            $"{call} gave no answer within {timeout}{(call.RemoteSilo is { } silo ? $" from {silo}" : "")}. Whether it was executed is unknown. "
            + "A cycle of calls without reentrancy waits for itself; a slow method needs a [ResponseTimeout] or MessagingOptions.ResponseTimeout."));
    }

    // False if the call has ended already, because its token is cancelled: nothing is sent then.
    private static bool TryPrepareCancellation(GrainCall call)
    {
        var token = call.CancellationToken;
        if (!token.CanBeCanceled) return true;
        if (token.IsCancellationRequested)
        {
            call.Fail(new OperationCanceledException(token));
            call.CompletePromise();
            return false;
        }

        call.Cancellation = new CallCancellation { CallerToken = token };
        call.CancellationToken = call.Cancellation.Callee.Token;
        return true;
    }

    private void WatchCallerToken(GrainCall call, CallCancellation cancellation)
    {
        // The state is a pair because the callback is static; this path allocates anyway.
        cancellation.Watch(
            static state =>
            {
                var (sender, call) = ((CallSender, GrainCall))state!;
                sender.Cancelled(call);
            },
            (this, call));
    }

    private void Cancelled(GrainCall call)
    {
        if (_options.WaitsForCancellation)
        {
            // The callee's answer ends it, or the timeout. An answer that is on its way already has nothing left to cancel.
            if (!ReferenceEquals(_pending.Find(call.CorrelationId), call)) return;
            _metrics.Canceled();
            CancelCallee(call);
            return;
        }

        if (!_pending.TryRemove(call)) return;
        _metrics.Canceled();
        CancelCallee(call);
        call.GiveUp(new OperationCanceledException(call.Cancellation!.CallerToken));
    }

    private void CancelCallee(GrainCall call)
    {
        call.CancelCallee();
        if (call.RemoteSilo is not null) Router.Cancel(call);
    }
}
