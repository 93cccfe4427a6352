using Microsoft.Extensions.Logging;
using OrleansShop.Engine.Diagnostics;

namespace OrleansShop.Engine.Calls;

/// <summary>Sends what came of a call back to its caller, in this process or another.</summary>
internal sealed partial class Answers(PendingCalls pending, EngineMetrics metrics, ILogger<Answers> logger)
{
    /// <summary>Sends the outcome that is stored in the call. In a turn of the callee, so that a result is copied before the next turn can change it.</summary>
    public void Send(GrainCall call) => Send(call, hasRun: true);

    /// <summary>Ends a call that was not run.</summary>
    public void Refuse(GrainCall call, Exception reason)
    {
        metrics.Rejected();
        call.Fail(reason);
        Send(call, hasRun: false);
    }

    /// <summary>Tells the caller that no answer comes, while the callee may still be at work.</summary>
    public void GiveUp(GrainCall call, Exception reason)
    {
        if (call.Is(CallFlags.OneWay) || call.ReplySink is not null) Refuse(call, reason);
        else if (pending.TryRemove(call)) call.GiveUp(reason);
    }

    // Only a call that has run to its end is in nobody's list any more; others may be anywhere on their way, and are used once.
    private void Send(GrainCall call, bool hasRun)
    {
        if (call.Is(CallFlags.OneWay))
        {
            if (call.Exception is { } lost) LogOneWayFailed(lost, call);
        }
        else if (call.ReplySink is { } sink)
        {
            sink.Reply(call);
            if (!hasRun) return;
            call.LetGo();
            call.Recycle();
        }
        else
        {
            Complete(call, hasRun);
        }
    }

    private void Complete(GrainCall call, bool hasRun)
    {
        // A caller that timed out or cancelled has been told already.
        if (!pending.TryRemove(call)) return;
        if (call.Exception is null)
        {
            try
            {
                call.CopyResult();
            }
            catch (Exception e)
            {
                call.Fail(e);
            }
        }

        // The caller may take the result, and use the object for another call, before this returns.
        if (hasRun) call.LetGo();
        call.Complete();
    }
}
