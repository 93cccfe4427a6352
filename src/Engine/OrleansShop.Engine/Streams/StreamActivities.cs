using System.Diagnostics;
using Orleans.Diagnostics;
using Orleans.Runtime;
using OrleansShop.Engine.Diagnostics;
using OrleansShop.Engine.Streams.Subscribing;

namespace OrleansShop.Engine.Streams;

/// <summary>The activities of events, and how a publisher's context travels: with the request context, under the W3C names.</summary>
internal static class StreamActivities
{
    private static readonly ActivitySource s_source = new(ActivitySources.ApplicationGrainActivitySourceName);

    public static Activity? StartPublish(string provider, StreamId stream) =>
        s_source.HasListeners() ? Tag(s_source.StartActivity("publish event", ActivityKind.Producer), provider, stream) : null;

    /// <summary>What an event takes along; null for nothing.</summary>
    public static Dictionary<string, object>? ContextToCarry(Activity? publishing)
    {
        if (publishing is null && Activity.Current is null && RequestContext.Current is null)
            return null;
        var values = RequestContext.Entries.ToDictionary(static entry => entry.Key, static entry => entry.Value);
        if ((publishing ?? Activity.Current) is { } activity)
            CallActivities.AddTo(values, activity);
        return values.Count == 0 ? null : values;
    }

    /// <summary>An activity around a delivery, continuing the publisher's, which the current request context tells.</summary>
    public static Activity? StartDelivery(StreamDelivery delivery)
    {
        if (!s_source.HasListeners())
            return null;
        var activity = CallActivities.TryGetRemote(out var publisher)
            ? s_source.StartActivity("deliver event", ActivityKind.Consumer, publisher)
            : s_source.StartActivity("deliver event", ActivityKind.Consumer);
        return Tag(activity, delivery.ProviderName, delivery.StreamId);
    }

    private static Activity? Tag(Activity? activity, string provider, StreamId stream)
    {
        if (activity is not { IsAllDataRequested: true })
            return activity;
        activity.SetTag("messaging.system", "orleans");
        activity.SetTag("orleans.stream.provider", provider);
        activity.SetTag("orleans.stream.id", stream.ToString());
        return activity;
    }
}
