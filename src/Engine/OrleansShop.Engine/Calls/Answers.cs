using Microsoft.Extensions.Logging;

namespace OrleansShop.Engine.Calls;

/// <summary>Sends what came of a call back to its caller, in this process or another.</summary>
internal sealed partial class Answers(PendingCalls pending, ILogger<Answers> logger)
{
    /// <summary>Sends the outcome that is stored in the call. In a turn of the callee, so that a result is copied before the next turn can change it.</summary>
    public void Send(GrainCall call)
    {
        if (call.Is(CallFlags.OneWay))
        {
            if (call.Exception is { } lost) LogOneWayFailed(lost, call);
        }
        else if (call.ReplySink is { } sink)
        {
            sink.Reply(call);
        }
        else
        {
            Complete(call);
        }
    }

    /// <summary>Ends a call that was not run.</summary>
    public void Refuse(GrainCall call, Exception reason)
    {
        call.Fail(reason);
        Send(call);
    }

    private void Complete(GrainCall call)
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

        call.Complete();
    }
}
