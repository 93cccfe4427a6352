using Orleans;

namespace OrleansShop.Engine.Diagnostics;

/// <summary>An activity around each call that is made.</summary>
internal sealed class OutgoingCallActivity : IOutgoingGrainCallFilter
{
    public Task Invoke(IOutgoingGrainCallContext context) =>
        CallActivities.HasListeners || System.Diagnostics.Activity.Current is not null ? InvokeTraced(context) : context.Invoke();

    private static async Task InvokeTraced(IOutgoingGrainCallContext context)
    {
        using var activity = CallActivities.StartCall(context);

        // Without a listener here the caller's own activity is what the callee continues.
        if ((activity ?? System.Diagnostics.Activity.Current) is { } current) CallActivities.Inject(current);
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
