using System.Diagnostics;
using System.Threading.Tasks.Sources;

namespace OrleansShop.Engine.Calls;

/// <summary>The promise of a call that is awaited without a task, and the way of the object back to its pool.</summary>
/// <remarks>
/// <code>
///  nobody waits ──(OnCompleted)──► somebody waits ──(Settle)──► settled ──(GetResult)──► consumed ──► pool, with the next stamp
///       └────────────────────────────(Settle)──────────────────────┘
/// </code>
/// A call goes back only if both sides have let go of it: the caller by taking the result, and the callee by ending the call in the
/// usual way, which is its last touch. A call that ended in any other way (timeout, cancellation, the death of a silo, a
/// refusal, a filter that may have kept it) never goes back: whoever still holds it holds an object that is nobody else's.
/// The stamp tells the uses of one object apart; an object that has used up its stamps is dropped, so no stamp means two calls.
/// Hot path: two interlocked operations, nothing allocated. Benchmark: local-call-bytes.
/// </remarks>
public abstract partial class GrainCall : IThreadPoolWorkItem
{
    private static readonly Action<object?> s_settled = static _ => throw new InvalidOperationException("The mark of a settled call is not a continuation.");
    private static readonly Action<object?> s_consumed = static _ => throw new InvalidOperationException("The mark of a consumed call is not a continuation.");

    // Null, who waits, or one of the marks above: the state of the drawing.
    private Action<object?>? _waiter;

    // What Resume runs: the waiter, once the call is settled.
    private Action<object?>? _continuation;
    private object? _continuationState;

    // Where it runs: a scheduler of turns, another scheduler, a synchronization context, or null for the pool.
    private object? _resumeOn;

    // Why the caller was told that no answer comes; the callee may still be at work and store an outcome of its own.
    private Exception? _givenUp;
    private short _stamp;

    /// <summary>What the caller is thrown; null for a result.</summary>
    internal Exception? ThrownToCaller => _givenUp ?? Exception;

    /// <summary>Tells this use of the object from all others.</summary>
    internal short Stamp => _stamp;

    /// <summary>The pool that the call came from and goes back to; null for calls that are used once.</summary>
    protected virtual CallPool? Pool => null;

    /// <summary>Sets each argument to its default, so that a resting call keeps nothing alive and the next use starts empty.</summary>
    protected virtual void ForgetArguments()
    {
    }

    /// <summary>Sets the result to its default.</summary>
    private protected virtual void ForgetResult()
    {
    }

    /// <summary>The callee, or the wire, has ended the call in the usual way and does not know it any more. Only by who took it out of the table of outstanding calls.</summary>
    internal void LetGo() => Flags |= CallFlags.LetGo;

    /// <summary>Somebody may look at the object after the call: it is not used again.</summary>
    internal void Keep() => Flags |= CallFlags.Kept;

    /// <summary>The outcome is final: the caller's continuation is sent to where it belongs. Never runs it here.</summary>
    private protected void Settle()
    {
        var waiter = Interlocked.Exchange(ref _waiter, s_settled);
        if (waiter is null) return;
        if (ReferenceEquals(waiter, s_settled) || ReferenceEquals(waiter, s_consumed)) ThrowSettledTwice();
        _continuation = waiter;
        QueueResumption();
    }

    private protected ValueTaskSourceStatus StatusOf(short stamp)
    {
        var waiter = Volatile.Read(ref _waiter);
        if (stamp != _stamp || ReferenceEquals(waiter, s_consumed)) ThrowUsedAgain();
        if (!ReferenceEquals(waiter, s_settled)) return ValueTaskSourceStatus.Pending;
        return ThrownToCaller is not { } thrown ? ValueTaskSourceStatus.Succeeded : IsCancellation(thrown) ? ValueTaskSourceStatus.Canceled : ValueTaskSourceStatus.Faulted;
    }

    private protected void Await(Action<object?> continuation, object? state, short stamp, ValueTaskSourceOnCompletedFlags flags)
    {
        var waiter = Volatile.Read(ref _waiter);
        if (stamp != _stamp || (waiter is not null && !ReferenceEquals(waiter, s_settled)))
        {
            RefuseAwait(continuation, state);
            return;
        }

        if ((flags & ValueTaskSourceOnCompletedFlags.FlowExecutionContext) != 0 && ExecutionContext.Capture() is { } flow)
        {
            // Compiled awaits bring their own flow; only a continuation that was attached by hand comes here.
            state = (flow, continuation, state);
            continuation = static state =>
            {
                var (flow, continuation, inner) = ((ExecutionContext, Action<object?>, object?))state!;
                ExecutionContext.Run(
                    flow,
                    static pair =>
                    {
                        var (continuation, state) = ((Action<object?>, object?))pair!;
                        continuation(state);
                    },
                    (continuation, inner));
            };
        }

        _continuationState = state;
        _resumeOn = (flags & ValueTaskSourceOnCompletedFlags.UseSchedulingContext) != 0 ? CurrentScheduling() : null;
        var seen = Interlocked.CompareExchange(ref _waiter, continuation, null);
        if (seen is null) return;
        if (!ReferenceEquals(seen, s_settled))
        {
            RefuseAwait(continuation, state);
            return;
        }

        // Settled between the caller's look and this.
        _continuation = continuation;
        QueueResumption();
    }

    /// <summary>The caller takes the outcome. Once: the object may be another call's when this returns, unless it throws.</summary>
    private protected void Consume(short stamp)
    {
        if (stamp != _stamp || !ReferenceEquals(Interlocked.CompareExchange(ref _waiter, s_consumed, s_settled), s_settled)) ThrowUsedAgain();
    }

    /// <summary>Runs the caller's continuation, in the place where it belongs.</summary>
    internal void Resume()
    {
        // The continuation takes the result, and with it this object may begin another call.
        var (continuation, state) = (_continuation!, _continuationState);
        _continuation = null;
        _continuationState = _resumeOn = null;
        continuation(state);
    }

    void IThreadPoolWorkItem.Execute() => Resume();

    /// <summary>Gives the object back to its pool, if nobody else can know it any more. The last touch of whoever owns the call.</summary>
    internal void Recycle()
    {
        if ((Flags & (CallFlags.LetGo | CallFlags.Kept)) != CallFlags.LetGo || Interceptor is not null || Cancellation is not null || Pool is not { } pool) return;
        Debug.Assert(Next is null && Previous is null, "A call that has ended is still in a list.");
        if (unchecked(++_stamp) == 0) return;
        ForgetArguments();
        ForgetResult();
        _waiter = null;
        Exception = _givenUp = null;
        Source = null;
        RequestContextData = null;
        CorrelationId = 0;
        DeadlineMs = long.MaxValue;
        ReplySink = null;
        RemoteSilo = null;
        MadeAt = 0;
        ForwardCount = 0;
        Flags = CallFlags.None;
        pool.Return(this);
    }

    /// <summary>Whether an exception shows as a cancelled task. Exactly these two types: one of the application's that derives from them comes back as it is.</summary>
    private protected static bool IsCancellation(Exception thrown) => thrown.GetType() is var type && (type == typeof(OperationCanceledException) || type == typeof(TaskCanceledException));

    private static object? CurrentScheduling()
    {
        if (SynchronizationContext.Current is { } context && context.GetType() != typeof(SynchronizationContext)) return context;
        return TaskScheduler.Current is var scheduler && !ReferenceEquals(scheduler, TaskScheduler.Default) ? scheduler : null;
    }

    private void QueueResumption()
    {
        switch (_resumeOn)
        {
            case null:
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
                break;
            case IResumesCalls turns:
                turns.Resume(this);
                break;
            case SynchronizationContext context:
                context.Post(static call => ((GrainCall)call!).Resume(), this);
                break;
            case TaskScheduler scheduler:
                _ = Task.Factory.StartNew(static call => ((GrainCall)call!).Resume(), this, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);
                break;
        }
    }

    // An exception thrown here would end the process: a compiled await has nowhere to put it. The continuation goes on instead, and is
    // refused when it takes the result.
    private static void RefuseAwait(Action<object?> continuation, object? state) => ThreadPool.UnsafeQueueUserWorkItem(continuation, state, preferLocal: true);

    // Without the call in the text: it may be another by now.
    private static void ThrowUsedAgain() => throw new InvalidOperationException(
        "The ValueTask of a grain call was used twice, or its result was taken before it was there. Await it once; call AsTask() to await it several times or to wait for it later.");

    private static void ThrowSettledTwice() => throw new InvalidOperationException("A grain call was completed twice. Whoever takes it out of the table of outstanding calls completes it, and nobody else.");
}
