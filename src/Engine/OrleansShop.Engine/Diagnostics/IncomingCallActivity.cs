using Orleans;

namespace OrleansShop.Engine.Diagnostics;

/// <summary>An activity around each call that is received, a child of the caller's.</summary>
internal sealed class IncomingCallActivity : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context) => CallActivities.HasListeners ? InvokeTraced(context) : context.Invoke();

    private static async Task InvokeTraced(IIncomingGrainCallContext context)
    {
        using var activity = CallActivities.StartReceived(context);
        try
        {
            await context.Invoke();
        }
        catch (Exception e)
        {
            CallActivities.Fail(activity, e);
            throw;
        }
    }
}
