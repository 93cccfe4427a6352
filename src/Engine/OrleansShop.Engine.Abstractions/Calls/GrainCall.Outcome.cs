using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Calls;

/// <summary>How a call is run, and how its result or exception gets back to the caller.</summary>
/// <remarks>
/// The callee's process stores a result or an exception and hands the call to its <see cref="ReplySink"/>, or completes it at
/// once if the caller is in the same process. The caller's process reads the one or the other and completes the promise.
/// Whoever removes the call from the table of outstanding calls completes it: nobody else may.
/// </remarks>
public abstract partial class GrainCall
{
    /// <summary>What the method threw, or why it was not run; null when it returned.</summary>
    internal Exception? Exception;

    /// <summary>The result, boxed; for filters. Null for calls without one.</summary>
    internal abstract object? ResultObject { get; set; }

    /// <summary>
    /// Runs the method on <paramref name="target"/>, stores what comes of it and then calls <paramref name="runner"/>, at once or
    /// later. Never throws.
    /// </summary>
    internal abstract void Run(object target, ICallRunner runner);

    /// <summary>Runs the method and stores the result; throws what the method throws. The way of calls that pass a filter.</summary>
    internal abstract ValueTask RunFiltered(object target, ICallRunner runner);

    /// <summary>Runs the method in the way of calls that pass a filter, and stores what comes of it. The task is never observed and never fails: everything ends in <see cref="ICallRunner.Ended"/>.</summary>
    private protected async Task RunToEnd(object target, ICallRunner runner)
    {
        try
        {
            await RunFiltered(target, runner);
        }
        catch (Exception e)
        {
            Exception = e;
        }

        runner.Ended(this);
    }

    /// <summary>Makes the result the caller's own by a copy. Only after success, only for a caller in this process.</summary>
    internal abstract void CopyResult();

    /// <summary>Writes the result as field 0, without an end tag. Only after success.</summary>
    internal abstract void WriteResult(PayloadWriter writer);

    /// <summary>Reads what <see cref="WriteResult"/> wrote, up to and including the end tag.</summary>
    internal abstract void ReadResult(PayloadReader reader);

    /// <summary>Stores an exception as the outcome.</summary>
    internal void Fail(Exception exception) => Exception = exception;

    /// <summary>
    /// Tells the caller that no answer comes, and why. The callee may still hold the call and store an outcome of its own, so this
    /// outcome is kept apart from that. Only by whoever took the call out of the table of outstanding calls.
    /// </summary>
    internal void GiveUp(Exception why)
    {
        // The caller's filters take it for the outcome, and may make something else of it.
        if (Interceptor is null) _givenUp = why;
        else Exception = why;
        Complete();
    }

    /// <summary>
    /// Gives the stored outcome to the caller: completes the promise, or lets the caller's filters see it first. At most once for
    /// each time it was sent, by whoever took the call out of the table of outstanding calls. The caller's continuations never run inside it.
    /// </summary>
    internal void Complete()
    {
        if (Cancellation is { } cancellation) cancellation.Completed();
        if (MadeAt != 0) Target.Sender.NoteCompleted(this);

        // (10) To the caller's filters, or straight to the promise.
        if (Interceptor is null) CompletePromise();
        else Interceptor.Answered(this);
    }

    /// <summary>Completes the promise with the stored outcome.</summary>
    internal abstract void CompletePromise();

    /// <summary>Makes the arguments the callee's own. Does nothing the second time.</summary>
    internal void IsolateArguments()
    {
        if (Is(CallFlags.Isolated)) return;
        Flags |= CallFlags.Isolated;
        if ((Method.Traits & GrainMethodTraits.SharesArguments) != 0) return;
        using var context = CopyContext.Rent(Target.Sender.Codecs);
        CopyArguments(context);
    }
}
