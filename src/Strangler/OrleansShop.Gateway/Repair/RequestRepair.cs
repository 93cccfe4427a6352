using Microsoft.AspNetCore.Connections;
using OrleansShop.Gateway.Diagnostics;
using OrleansShop.Gateway.Figures;
using OrleansShop.Gateway.Following;
using OrleansShop.Gateway.Forwarding;
using OrleansShop.Gateway.Ownership;
using OrleansShop.Gateway.Phases;
using OrleansShop.Gateway.Routing;
using OrleansShop.Gateway.Settings;
using OrleansShop.ServiceDefaults.Problems;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Phases;
using Yarp.ReverseProxy.Forwarder;

namespace OrleansShop.Gateway.Repair;

/// <summary>
/// Carries writes while entities move. The side that a write was sent to may not own the entity, because the entity has moved since this gateway heard of the phase, or because it has not moved yet:
/// <code>
///   service answers 421                       ─┐
///   monolith answers 5xx: perhaps a fence     ─┴► 1 place  the service puts the entity where it should be, and says who owns it
///                                                 2 send   once more, to the owner; what fails there in the same way goes to 1 again, once
///                                                 3 give up  503 with Retry-After; what the monolith answered, if it is the owner
/// </code>
/// Repeating is safe: a service that answers 421 has done nothing, and a fence has rolled the monolith's transaction back. Where it was no fence, a PUT, PATCH or DELETE is sent to the monolith twice before the
/// client gets its error. A POST makes a new entity, which no fence guards: it is repeated after 421 only. A DELETE that cascades is sent to the service instead, which deletes children wherever they live.
/// </summary>
internal sealed class RequestRepair(
    GatewaySettings settings,
    PhaseBook phases,
    PhaseFollower follower,
    Backends backends,
    OwnerRouting owners,
    EntityPlaces places,
    RequestForwarding forwarding,
    CapabilityFigures figures,
    GatewayMetrics metrics,
    TimeProvider time)
{
    private const int MaxRepairs = 2;

    /// <summary>Whether a write may meet an entity that is not where this gateway believes.</summary>
    /// <remarks>Hot path: nothing but a flag for reads, and for writes to what nobody moves one comparison of times per capability.</remarks>
    public bool IsNeededFor(RouteAction action, PhaseSnapshot snapshot) => action.Writes != 0 && (snapshot.MayMove(action) || follower.IsStale(action.Writes));

    /// <summary>Sends a write, and repairs what goes wrong because of a move.</summary>
    /// <param name="http">The request.</param>
    /// <param name="action">What it does.</param>
    /// <param name="isGrains">The side that it is to be sent to first.</param>
    /// <param name="transform">What changes on the way.</param>
    public async Task SendAsync(HttpContext http, RouteAction action, bool isGrains, HttpTransformer transform)
    {
        RepeatableRequest request;
        try
        {
            request = await RepeatableRequest.TakeAsync(http, settings.Repair.MaxRepeatableBytes);
        }
        catch (IOException fault) when (fault is not ConnectionResetException)
        {
            // The server says most of what is wrong with a body by the former, and some by the latter: a chunk's size beyond every number, say.
            await forwarding.AnswerFaultAsync(http, fault as BadHttpRequestException ?? new BadHttpRequestException("The request body cannot be read: its framing is malformed.", fault));
            return;
        }

        using (request)
        {
            var side = isGrains ? EntityOwner.Grains : EntityOwner.Monolith;
            var outcome = await SendAsync(http, request, action, side, transform);
            if (outcome != ForwardingOutcome.Answered)
            {
                await RepairAsync(http, request, action, side, outcome, transform);
            }
        }
    }

    private async Task RepairAsync(HttpContext http, RepeatableRequest request, RouteAction action, EntityOwner side, ForwardingOutcome outcome, HttpTransformer transform)
    {
        var (cause, began) = (CauseOf(outcome), figures.Now);
        EntityOwner? owner = side;
        for (var repair = 1; repair <= MaxRepairs && outcome != ForwardingOutcome.Answered; repair++)
        {
            // 1. Place. The second time only another answer than the first is worth another try.
            owner = await FindOwnerAsync(http, action, side);
            if (owner == EntityOwner.Monolith && phases.Current.RecordOf(action).Phase == CapabilityPhase.Retired) owner = null;
            if (owner is not { } next || !request.CanRepeat || (repair > 1 && next == side))
            {
                break;
            }

            // 2. Send once more.
            request.BeginAgain();
            side = next;
            outcome = await SendAsync(http, request, action, side, transform);
        }

        if (outcome == ForwardingOutcome.Answered)
        {
            metrics.Repaired(action.Route.Capability, cause, "repaired");
            return;
        }

        // 3. Give up.
        if (outcome == ForwardingOutcome.ServerError && (owner == EntityOwner.Monolith || (owner is null && !phases.Current.MayMove(action))))
        {
            metrics.Repaired(action.Route.Capability, cause, "relayed");
            await request.RelayAsync();
            return;
        }

        metrics.Repaired(action.Route.Capability, cause, "unavailable");
        figures.Unplaced(action, began);
        http.Response.Clear();
        await http.Response.WriteProblemAsync(
            ProblemKinds.Unavailable.At(
                request.CanRepeat
                    ? $"What the request is about is being moved, and no side took it. It was not executed; repeat it."
                    : $"What the request is about has moved, and its body is too large to be sent twice (Gateway:Repair:{nameof(RepairOptions.MaxRepeatableBytes)} is {settings.Repair.MaxRepeatableBytes}). It was not executed; repeat it.",
                time),
            settings.Repair.RetryAfter);
    }

    private async Task<ForwardingOutcome> SendAsync(HttpContext http, RepeatableRequest request, RouteAction action, EntityOwner side, HttpTransformer transform)
    {
        var isGrains = side == EntityOwner.Grains;
        request.KeepsServerErrors = !isGrains && CanMeetFence(action);
        var backend = isGrains ? backends.Services[action.Capability] : backends.Monolith;
        metrics.RequestForwarded(action.Route.Capability, backend.Name);
        var began = figures.Now;
        var outcome = await forwarding.ForwardAsync(http, backend, transform, isGrains ? owners.Find(http.Request, action, backend) : Backend.NonePreferred);
        figures.Answered(action, isGrains, began, outcome, http);
        return outcome;
    }

    private async Task<EntityOwner?> FindOwnerAsync(HttpContext http, RouteAction action, EntityOwner side)
    {
        if (side == EntityOwner.Monolith && HttpMethods.IsDelete(action.Method) && !action.Route.Cascades.IsEmpty)
        {
            // What met the fence may have been a child.
            return EntityOwner.Grains;
        }

        if (action.Route is not { Kind: RouteKind.Entity, EntityParameter: { } parameter } || http.Request.RouteValues[parameter] is not string id)
        {
            // There is no entity yet. The service would not have it, and the monolith takes what nobody else does.
            return EntityOwner.Monolith;
        }

        return await places.PlaceAsync(action.Capability, action.Route.Entity, id, http.RequestAborted);
    }

    private static bool CanMeetFence(RouteAction action) => action.Route.Kind == RouteKind.Entity && !HttpMethods.IsPost(action.Method);

    private static string CauseOf(ForwardingOutcome outcome) => outcome == ForwardingOutcome.Misdirected ? "misdirected" : "refused";
}
