using System.Diagnostics;
using Orleans;
using Orleans.Diagnostics;
using Orleans.Runtime;

namespace OrleansShop.Engine.Diagnostics;

/// <summary>The activities of calls, and how their context travels: in the request context, under the W3C names.</summary>
internal static class CallActivities
{
    private const string TraceParent = "traceparent";
    private const string TraceState = "tracestate";

    private static readonly ActivitySource s_source = new(ActivitySources.ApplicationGrainActivitySourceName);

    public static bool HasListeners => s_source.HasListeners();

    public static Activity? StartCall(IGrainCallContext context)
    {
        var activity = s_source.StartActivity(NameOf(context), ActivityKind.Client);
        return Tag(activity, context);
    }

    public static Activity? StartReceived(IGrainCallContext context)
    {
        var activity = TryGetRemote(out var remote)
            ? s_source.StartActivity(NameOf(context), ActivityKind.Server, remote)
            : s_source.StartActivity(NameOf(context), ActivityKind.Server);
        return Tag(activity, context);
    }

    /// <summary>Lets the call carry the activity's context.</summary>
    public static void Inject(Activity activity)
    {
        if (activity.Id is not { } id) return;
        RequestContext.Set(TraceParent, id);
        if (!string.IsNullOrEmpty(activity.TraceStateString)) RequestContext.Set(TraceState, activity.TraceStateString);
    }

    /// <summary>Puts the activity's context among values that will travel.</summary>
    public static void AddTo(Dictionary<string, object> values, Activity activity)
    {
        if (activity.Id is not { } id) return;
        values[TraceParent] = id;
        if (!string.IsNullOrEmpty(activity.TraceStateString)) values[TraceState] = activity.TraceStateString;
    }

    /// <summary>The activity that the request context came with.</summary>
    public static bool TryGetRemote(out ActivityContext remote)
    {
        remote = default;
        return RequestContext.Get(TraceParent) is string parent && ActivityContext.TryParse(parent, RequestContext.Get(TraceState) as string, isRemote: true, out remote);
    }

    public static void Fail(Activity? activity, Exception exception)
    {
        activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
        activity?.AddException(exception);
    }

    private static string NameOf(IGrainCallContext context) => context.Request.GetActivityName();

    private static Activity? Tag(Activity? activity, IGrainCallContext context)
    {
        if (activity is not { IsAllDataRequested: true }) return activity;
        activity.SetTag("rpc.system.name", "orleans");
        activity.SetTag("orleans.rpc.service", context.InterfaceName);
        activity.SetTag("rpc.method", context.MethodName);
        activity.SetTag("orleans.rpc.target_id", context.TargetId.ToString());
        if (context.SourceId is { } source) activity.SetTag("orleans.rpc.source_id", source.ToString());
        return activity;
    }
}
