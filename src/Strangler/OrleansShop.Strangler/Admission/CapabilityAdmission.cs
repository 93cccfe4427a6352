using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Keys;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Serving;

namespace OrleansShop.Strangler.Admission;

/// <summary>Keeps requests away from grains that do not own what they are about.</summary>
public static class CapabilityAdmission
{
    /// <summary>
    /// Lets the endpoints of a capability answer only what is theirs to answer:
    /// <list type="bullet">
    /// <item>421 while the monolith answers for what the request is about (the entity, or the lists), except a DELETE that cascades into others, which the service carries out in every phase;</item>
    /// <item>in Shadow, reads of single entities that are marked by <see cref="ShadowReads.Header"/> are answered from the grains' copies;</item>
    /// <item>503 and 409 for what the bridge throws while a request is served, <see cref="BridgeUnavailableException"/> and <see cref="BridgeRefusedException"/>.</item>
    /// </list>
    /// The capability must have been added to the process. Costs one grain call per request.
    /// </summary>
    /// <param name="endpoints">The endpoints of the capability; usually a route group.</param>
    /// <param name="capability">The name of the capability.</param>
    public static TBuilder RequireCapability<TBuilder>(this TBuilder endpoints, string capability)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.AddEndpointFilterFactory((context, next) =>
        {
            var served = context.ApplicationServices.GetRequiredKeyedService<ServedCapability>(capability);
            var catalog = context.ApplicationServices.GetRequiredService<CapabilityCatalog>();
            return invocation => AdmitAsync(served, catalog, invocation, next);
        });

    private static async ValueTask<object?> AdmitAsync(
        ServedCapability capability, CapabilityCatalog catalog, EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        try
        {
            var request = invocation.HttpContext.Request;
            var status = await capability.Grain.GetAsync();
            if (!IsComparison(status, catalog, request)) return Refusal(status, catalog, request) ?? await next(invocation);

            ShadowReads.Begin();
            return await next(invocation);
        }
        catch (BridgeUnavailableException unavailable)
        {
            return StranglerProblem.Unavailable.At($"The monolith's database cannot be reached now. {unavailable.Message}", unavailable.RetryAfter);
        }
        catch (BridgeRefusedException refused) when (refused.Reason is BridgeRefusal.ForeignKey or BridgeRefusal.Constraint)
        {
            return StranglerProblem.Conflict.At($"The monolith's database does not take the change. {refused.Message}");
        }
    }

    /// <summary>In Shadow the monolith answers, and the copies are asked to see whether they would have answered the same.</summary>
    private static bool IsComparison(CapabilityStatus status, CapabilityCatalog catalog, HttpRequest request) =>
        status.Phase == CapabilityPhase.Shadow
        && request.Headers.ContainsKey(ShadowReads.Header)
        && HttpMethods.IsGet(request.Method)
        && Match(catalog, request) is { EntityId: not null };

    private static IResult? Refusal(CapabilityStatus status, CapabilityCatalog catalog, HttpRequest request)
    {
        if (IsOfTheGrains(status, catalog, request) || IsCascadingDelete(catalog, request))
        {
            return null;
        }

        return StranglerProblem.Misdirected.At($"The capability {status.Capability} is in the phase {status.Phase}: the monolith answers {request.Method} {request.Path}.");
    }

    /// <summary>Each request has a side: that of its entity, of new ones, or of the lists.</summary>
    private static bool IsOfTheGrains(CapabilityStatus status, CapabilityCatalog catalog, HttpRequest request) => Match(catalog, request) switch
    {
        { EntityId: { } id } match => status.WantedOwner(match.Route.Entity, match.Route.KeyType.Canonical(id)) == EntityOwner.Grains,
        { Route.Kind: RouteKind.List } => status.Lists == ListSide.Grains,
        { Route.Kind: RouteKind.Create } => status.Phase.MayOwnEntities(),
        _ => status.Phase.IsServedByGrains(),
    };

    /// <summary>By the path as it was meant: as a text a <see cref="PathString"/> would be escaped, and an id with a blank another one.</summary>
    private static RouteMatch? Match(CapabilityCatalog catalog, HttpRequest request) => catalog.Match(request.Method, (request.PathBase + request.Path).Value ?? "");

    private static bool IsCascadingDelete(CapabilityCatalog catalog, HttpRequest request) =>
        HttpVerbs.IsDelete(request.Method) && Match(catalog, request) is { Route.Cascades.IsEmpty: false };
}
