using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Switching;

namespace OrleansShop.Strangler.Admission;

/// <summary>Keeps requests away from grains that do not own what they are about.</summary>
public static class CapabilityAdmission
{
    private static readonly TimeSpan SwitchRetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Lets the endpoints of a capability answer only what is theirs to answer:
    /// <list type="bullet">
    /// <item>421 while the monolith owns the capability, except a DELETE that cascades into others, which the service carries out in every phase;</item>
    /// <item>503 for writes while the service hands the capability back;</item>
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
            return Refusal(await capability.Grain.GetAsync(), catalog, invocation.HttpContext.Request) ?? await next(invocation);
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

    private static IResult? Refusal(CapabilityStatus status, CapabilityCatalog catalog, HttpRequest request)
    {
        var isOwner = status.Phase.IsServedByGrains();
        if (isOwner && status.Pending is not null && HttpVerbs.IsWrite(request.Method))
        {
            return StranglerProblem.Unavailable.At($"The capability {status.Capability} is being handed back to the monolith; writes wait.", SwitchRetryAfter);
        }

        if (isOwner || IsCascadingDelete(catalog, request))
        {
            return null;
        }

        return StranglerProblem.Misdirected.At($"The capability {status.Capability} is in the phase {status.Phase}: the monolith answers {request.Method} {request.Path}.");
    }

    private static bool IsCascadingDelete(CapabilityCatalog catalog, HttpRequest request) =>
        HttpVerbs.IsDelete(request.Method) && catalog.Match(request.Method, request.PathBase + request.Path) is { Route.Cascades.IsEmpty: false };
}
