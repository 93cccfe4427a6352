using OrleansShop.Gateway.Admission;
using OrleansShop.Gateway.Diagnostics;
using OrleansShop.Gateway.Forwarding;
using OrleansShop.Gateway.Ownership;
using OrleansShop.Gateway.Phases;
using OrleansShop.Gateway.Settings;
using OrleansShop.Gateway.Switching;
using OrleansShop.ServiceDefaults.Problems;
using Yarp.ReverseProxy.Forwarder;

namespace OrleansShop.Gateway.Routing;

/// <summary>Steps 4 to 6 of a request's road (drawn at <see cref="GatewayPipeline"/>), for paths that belong to a capability.</summary>
/// <remarks>Hot path: besides the forwarding itself one dictionary look-up, one volatile read, and for writes one compare-and-swap per capability touched.</remarks>
internal sealed class CapabilityRequests(
    GatewaySettings settings,
    PhaseBook phases,
    WriteGates gates,
    Backends backends,
    OwnerRouting owners,
    RequestForwarding forwarding,
    Reconciliation reconciliation,
    GatewayMetrics metrics,
    TimeProvider time)
{
    /// <summary>Serves a request for a path of the table.</summary>
    public Task HandleAsync(HttpContext http, RoutePath path) =>
        path.Find(http.Request.Method) is not { } action ? RefuseMethod(http, path.Allow)
        : action.Gates == 0 ? ForwardAsync(http, action, transform: null)
        : WriteAsync(http, action);

    /// <summary>Serves a request for an older path through the action that it stands for.</summary>
    public Task HandleLegacyAsync(HttpContext http, LegacyPath legacy) =>
        HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || HttpMethods.IsOptions(http.Request.Method)
            ? ForwardAsync(http, legacy.Action, legacy.Transform)
            : RefuseMethod(http, LegacyPath.Allow);

    private async Task WriteAsync(HttpContext http, RouteAction action)
    {
        // 4. A write passes the gates of every capability whose data it may change.
        if (!gates.TryEnter(action.Gates, out var held))
        {
            await RefuseHeldAsync(http, settings.Catalog.Capabilities[held].Name);
            return;
        }

        try
        {
            await ForwardAsync(http, action, transform: null);
        }
        finally
        {
            gates.Leave(action.Gates);
        }
    }

    private async Task ForwardAsync(HttpContext http, RouteAction action, HttpTransformer? transform)
    {
        // 5. The phase decides the side. Read after the gate: a switch publishes the phase before it opens the gate again.
        var isServedByGrains = phases.Current.IsServedByGrains(action);
        var backend = isServedByGrains ? backends.Services[action.Capability] : backends.Monolith;
        metrics.RequestForwarded(action.Route.Capability, backend.Name);

        // 6. The backend's process is picked there; the owner of the entity saves the hop between processes.
        var owner = isServedByGrains ? owners.Find(http.Request, action, backend) : Backend.NonePreferred;
        if (await forwarding.ForwardAsync(http, backend, transform ?? forwarding.Transform, owner) == ForwardingOutcome.Misdirected)
        {
            await RepairAsync(http, action, transform ?? forwarding.Transform);
        }
    }

    /// <summary>
    /// The service has handed the capability back and this gateway has not recorded it yet: for a moment at the end of a switch, or until the
    /// reconciliation after a crash. The monolith's rows are current, so it can answer what reads. A write may have lost its body; its client repeats it.
    /// </summary>
    private async Task RepairAsync(HttpContext http, RouteAction action, HttpTransformer transform)
    {
        reconciliation.MarkUnsettled(settings.Catalog.Capabilities[action.Capability]);
        var isRead = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || HttpMethods.IsOptions(http.Request.Method);
        if (!isRead || await forwarding.ForwardAsync(http, backends.Monolith, transform) == ForwardingOutcome.Misdirected)
        {
            await RefuseHeldAsync(http, action.Route.Capability);
        }
    }

    private Task RefuseMethod(HttpContext http, string allow)
    {
        http.Response.Headers.Allow = allow;
        return http.Response.WriteProblemAsync(ProblemKinds.MethodNotAllowed.At($"{http.Request.Path} does not take {http.Request.Method}; it takes {allow}.", time));
    }

    private Task RefuseHeldAsync(HttpContext http, string capability)
    {
        metrics.WriteHeld(capability);
        return http.Response.WriteProblemAsync(
            ProblemKinds.Unavailable.At($"The data of {capability} is being moved and takes no writes now. The request was not executed; repeat it.", time),
            settings.Switching.RetryAfter);
    }
}
