using System.Diagnostics;
using Orleans;
using Orleans.Diagnostics;
using Orleans.Runtime;

namespace OrleansShop.Engine.Diagnostics;

/// <summary>The spans of activations: the whole of it, and the grain's own <c>OnActivateAsync</c> inside. Only while somebody listens.</summary>
internal static class LifecycleActivities
{
    private static readonly ActivitySource s_source = new(ActivitySources.LifecycleActivitySourceName);

    public static bool HasListeners => s_source.HasListeners();

    /// <summary>Starts the span of an activation, in the trace of the call that activates if that brings one along. Null if nobody wants it.</summary>
    public static Activity? StartActivation(IGrainContext activation) =>
        Tag(CallActivities.TryGetRemote(out var parent) ? s_source.StartActivity("activate grain", ActivityKind.Internal, parent) : s_source.StartActivity("activate grain"), activation);

    /// <summary>Runs <c>OnActivateAsync</c> in a span.</summary>
    public static async Task Activate(IGrainContext activation, IGrainBase grain, CancellationToken cancellationToken)
    {
        using var span = Tag(s_source.StartActivity("execute OnActivateAsync"), activation);
        try
        {
            await grain.OnActivateAsync(cancellationToken);
        }
        catch (Exception e)
        {
            CallActivities.Fail(span, e);
            throw;
        }
    }

    private static Activity? Tag(Activity? span, IGrainContext activation)
    {
        if (span is not { IsAllDataRequested: true }) return span;
        var address = activation.Address;
        span.SetTag("orleans.grain.id", address.GrainId.ToString());
        span.SetTag("orleans.grain.type", address.GrainId.Type.ToString());
        span.SetTag("orleans.silo.id", address.SiloAddress?.ToString());
        span.SetTag("orleans.activation.id", address.ActivationId.ToString());
        return span;
    }
}
