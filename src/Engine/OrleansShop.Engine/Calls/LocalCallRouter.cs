using Orleans.Runtime;

namespace OrleansShop.Engine.Calls;

/// <summary>The router of a silo without a cluster: every grain is its own.</summary>
internal sealed class LocalCallRouter(LocalCalls local, Answers answers) : ICallRouter
{
    public void Route(GrainCall call)
    {
        try
        {
            call.IsolateArguments();
        }
        catch (Exception e)
        {
            // A copier of the application may throw anything; the caller gets it.
            answers.Refuse(call, e);
            return;
        }

        local.Deliver(call);
    }

    public void Cancel(GrainCall call)
    {
    }

    public bool IsMine(GrainId grainId) => true;
}
