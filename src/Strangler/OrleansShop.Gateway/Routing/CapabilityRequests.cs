using OrleansShop.Gateway.Diagnostics;
using OrleansShop.Gateway.Figures;
using OrleansShop.Gateway.Forwarding;
using OrleansShop.Gateway.Mirroring;
using OrleansShop.Gateway.Ownership;
using OrleansShop.Gateway.Phases;
using OrleansShop.Gateway.Repair;
using OrleansShop.Gateway.Settings;
using OrleansShop.ServiceDefaults.Problems;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Keys;
using OrleansShop.Strangler.Phases;
using Yarp.ReverseProxy.Forwarder;

namespace OrleansShop.Gateway.Routing;

/// <summary>Steps 3 to 5 of a request's road (drawn at <see cref="GatewayPipeline"/>), for paths that belong to a capability.</summary>
/// <remarks>Hot path: besides the forwarding itself one dictionary look-up, one volatile read, and in Canary one hash.</remarks>
internal sealed class CapabilityRequests(
    GatewaySettings settings,
    PhaseBook phases,
    Backends backends,
    OwnerRouting owners,
    RequestForwarding forwarding,
    RequestRepair repair,
    ShadowMirror mirror,
    CapabilityFigures figures,
    GatewayMetrics metrics,
    TimeProvider time)
{
    private const long NotCounted = 0;

    /// <summary>How many requests have created something of each capability.</summary>
    private readonly uint[] _creations = new uint[settings.Catalog.Capabilities.Length];

    /// <summary>Serves a request for a path of the table.</summary>
    public Task HandleAsync(HttpContext http, RoutePath path) =>
        path.Find(http.Request.Method) is { } action ? ForwardAsync(http, action, transform: null) : RefuseMethod(http, path.Allow);

    /// <summary>Serves a request for an older path through the action that it stands for.</summary>
    public Task HandleLegacyAsync(HttpContext http, LegacyPath legacy) =>
        HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || HttpMethods.IsOptions(http.Request.Method)
            ? ForwardAsync(http, legacy.Action, legacy.Transform)
            : RefuseMethod(http, LegacyPath.Allow);

    private async Task ForwardAsync(HttpContext http, RouteAction action, HttpTransformer? transform)
    {
        // 4. The phase decides the side.
        var snapshot = phases.Current;
        var isGrains = IsGrainsFor(http.Request, action, snapshot.SideOf(action));
        if (repair.IsNeededFor(action, snapshot))
        {
            await repair.SendAsync(http, action, isGrains, transform ?? forwarding.Transform);
            return;
        }

        if (snapshot.IsInShadow(action) && transform is null && mirror.TrySample(http.Request, action, snapshot) is { } sample)
        {
            await MirrorAsync(http, action, sample);
            return;
        }

        var backend = isGrains ? backends.Services[action.Capability] : backends.Monolith;
        metrics.RequestForwarded(action.Route.Capability, backend.Name);

        // 5. The backend's process is picked there; the owner of the entity saves the hop between processes.
        var owner = isGrains ? owners.Find(http.Request, action, backend) : Backend.NonePreferred;
        var began = snapshot.Counts(action) ? figures.Now : NotCounted;
        var outcome = await forwarding.ForwardAsync(http, backend, transform ?? forwarding.Transform, owner);
        if (began != NotCounted) figures.Answered(action, isGrains, began, outcome, http);
        if (outcome == ForwardingOutcome.Misdirected)
        {
            await AnswerElsewhereAsync(http, action, snapshot.RecordOf(action), transform ?? forwarding.Transform);
        }
    }

    /// <summary>The monolith answers, as always in Shadow; the answer is noted, for a comparison that comes later.</summary>
    private async Task MirrorAsync(HttpContext http, RouteAction action, ReadSample sample)
    {
        metrics.RequestForwarded(action.Route.Capability, backends.Monolith.Name);
        var began = figures.Now;
        var outcome = await forwarding.ForwardAsync(http, backends.Monolith, mirror.TransformFor(sample));
        figures.Answered(action, isGrains: false, began, outcome, http);
        if (outcome == ForwardingOutcome.Misdirected)
        {
            await RefuseAsync(http, action);
            return;
        }

        mirror.Offer(sample);
    }

    private bool IsGrainsFor(HttpRequest request, RouteAction action, RequestSide side) => side.Rule switch
    {
        SideRule.Monolith => false,
        SideRule.Grains => true,
        SideRule.ShareOfEntities => request.RouteValues[action.Route.EntityParameter!] is string id && side.IsGrainsFor(action.Route.Entity, action.Route.KeyType.Canonical(id)),
        _ => action.Writes != 0 && side.IsGrainsFor(Interlocked.Increment(ref _creations[action.Capability])),
    };

    /// <summary>
    /// The service is not the owner, of which this gateway has not heard yet. The monolith's rows are current in every phase but Retired, so it can answer what reads. A write may have lost its body; its client repeats it.
    /// </summary>
    private async Task AnswerElsewhereAsync(HttpContext http, RouteAction action, PhaseRecord standing, HttpTransformer transform)
    {
        var isAnsweredByMonolith = action.Writes == 0 && standing.Phase != CapabilityPhase.Retired;
        if (isAnsweredByMonolith)
        {
            metrics.Repaired(action.Route.Capability, "misdirected", "repaired");
        }

        if (!isAnsweredByMonolith || await forwarding.ForwardAsync(http, backends.Monolith, transform) == ForwardingOutcome.Misdirected)
        {
            await RefuseAsync(http, action);
        }
    }

    private Task RefuseMethod(HttpContext http, string allow)
    {
        http.Response.Headers.Allow = allow;
        return http.Response.WriteProblemAsync(ProblemKinds.MethodNotAllowed.At($"{http.Request.Path} does not take {http.Request.Method}; it takes {allow}.", time));
    }

    private Task RefuseAsync(HttpContext http, RouteAction action)
    {
        metrics.Repaired(action.Route.Capability, "misdirected", "unavailable");
        return http.Response.WriteProblemAsync(
            ProblemKinds.Unavailable.At("What the request is about is being moved, and no side took it. It was not executed; repeat it.", time),
            settings.Repair.RetryAfter);
    }
}
